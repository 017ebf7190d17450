// Loaded into `serve` before anything else: notes every way out that is taken, a line each, in the file that WAYS_OUT names.
const { appendFileSync } = require('node:fs');
const dgram = require('node:dgram');
const dns = require('node:dns');
const { Socket } = require('node:net');

const noted = (what, from, name) => {
  const own = from[name];
  from[name] = function (...args) {
    appendFileSync(process.env.WAYS_OUT, `${what} ${JSON.stringify(args[0]?.[0] ?? args[0])}\n`);
    return own.apply(this, args);
  };
};
noted('connect', Socket.prototype, 'connect');
noted('send', dgram.Socket.prototype, 'send');
noted('lookup', dns, 'lookup');
