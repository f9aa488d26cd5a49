const PLACE = /^(\p{Script=Han}{2,6}?(?:市|区|县|自治州|盟|旗))(?!场)/u;

/**
 * The city or county that a platform's name begins with (`青岛市公共资源交易 电子交易系统`), the province taken off.
 * Undefined for platforms of a province or of the whole country: they say nothing about the place.
 */
export function placeInPlatform(platform: string, province: string): string | undefined {
  const name = province !== '' && platform.startsWith(province) ? platform.slice(province.length) : platform;
  return PLACE.test(name.replace(/^[·（(\s]+/, '')) ? platform : undefined;
}
