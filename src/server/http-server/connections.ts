import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { isTrusted, networkOf } from './client.ts';

/** How many connections there may be at a time, in all and of one address. */
export interface ConnectionLimits {
  total: number;
  /** Of an IPv4 address or an IPv6 network (/64): a whole office may stand behind it. */
  client: number;
  /** Of a proxy, which speaks for many. Fewer than all, so that whoever comes past it is still let in. */
  proxy: number;
  /** Milliseconds without a byte in either direction after which a client that should read or write is given up. */
  stallMs: number;
}

export const CONNECTION_LIMITS: ConnectionLimits = { total: 4_000, client: 300, proxy: 3_000, stallMs: 20_000 };

/** Connections beyond the limit that are told so at a time; more are closed without a word. */
const MOST_TURNED_AWAY = 500;

/** A request whose answer has not gone out yet. */
interface Exchange {
  request: IncomingMessage;
  response: ServerResponse;
}

/** All connections of one address. */
interface Peer {
  network: string;
  most: number;
  count: number;
  /** Those without a request under way, the longest silent first. */
  silent: Set<Socket>;
}

/**
 * Keeps connections from crowding each other out. When an address, or the server, has as many as it may, the one that has been
 * silent for longest makes room: it never sent a whole request, or is idle, and its client opens another. When all are being
 * answered, the new one is turned away.
 */
export class Connections {
  readonly #limits: ConnectionLimits;
  readonly #proxies: readonly string[];
  readonly #refuse: (status: number, socket: Socket) => void;
  /** By address. */
  readonly #peers = new Map<string, Peer>();
  readonly #connections = new Map<Socket, Peer>();
  /** As in a peer, of all. */
  readonly #silent = new Set<Socket>();
  readonly #exchanges = new WeakMap<Socket, Set<Exchange>>();

  /** `proxies` as `clientOf` takes them; `refuse` tells a client why its connection ends, and ends it. */
  constructor(limits: ConnectionLimits, proxies: readonly string[], refuse: (status: number, socket: Socket) => void) {
    this.#limits = limits;
    this.#proxies = proxies;
    this.#refuse = refuse;
  }

  /** Takes the server's connections into care. */
  watch(server: Server): void {
    server.on('connection', (socket) => this.#admit(socket));
    server.on('request', (request, response) => this.#begin(request.socket, { request, response }));
    server.maxConnections = this.#limits.total + MOST_TURNED_AWAY;
    server.setTimeout(this.#limits.stallMs, (socket) => this.#endStalled(socket));
  }

  /** The request on a connection whose answer is under way; of several, the first. */
  underWay(socket: Socket): Exchange | undefined {
    const [first] = this.#exchanges.get(socket) ?? [];
    return first;
  }

  #admit(socket: Socket): void {
    const address = socket.remoteAddress ?? '';
    const network = networkOf(address);
    const known = this.#peers.get(network);
    const most = known?.most ?? (isTrusted(address, this.#proxies) ? this.#limits.proxy : this.#limits.client);
    const peer = known ?? { network, most, silent: new Set<Socket>(), count: 0 };
    if (!this.#makeRoom(peer)) {
      this.#refuse(503, socket);
      return;
    }
    peer.count++;
    this.#peers.set(network, peer);
    this.#connections.set(socket, peer);
    this.#fallSilent(socket);
    socket.on('close', () => this.#leave(socket));
  }

  #makeRoom(peer: Peer): boolean {
    const isFull = this.#connections.size >= this.#limits.total;
    const candidates = peer.count >= peer.most ? peer.silent : isFull ? this.#silent : undefined;
    if (!candidates) return true;
    const [victim] = candidates;
    if (!victim) return false;
    this.#leave(victim);
    victim.destroy();
    return true;
  }

  #begin(socket: Socket, exchange: Exchange): void {
    const exchanges = this.#exchanges.get(socket) ?? new Set();
    this.#exchanges.set(socket, exchanges.add(exchange));
    this.#silent.delete(socket);
    this.#connections.get(socket)?.silent.delete(socket);
    exchange.response.on('close', () => {
      exchanges.delete(exchange);
      if (exchanges.size === 0) this.#fallSilent(socket);
    });
  }

  #fallSilent(socket: Socket): void {
    const peer = this.#connections.get(socket);
    if (!peer || socket.destroyed) return;
    peer.silent.add(socket);
    this.#silent.add(socket);
  }

  #leave(socket: Socket): void {
    const peer = this.#connections.get(socket);
    if (!peer) return;
    this.#connections.delete(socket);
    this.#silent.delete(socket);
    peer.silent.delete(socket);
    peer.count--;
    if (peer.count === 0) this.#peers.delete(peer.network);
  }

  /** Ends a connection that stands still, unless it waits for us: making an answer may take longer. */
  #endStalled(socket: Socket): void {
    const exchange = this.underWay(socket);
    if (exchange?.request.complete && socket.writableLength === 0) return;
    if (exchange && !exchange.response.headersSent) this.#refuse(408, socket);
    else socket.destroy();
  }
}
