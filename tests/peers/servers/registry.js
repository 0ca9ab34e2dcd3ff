// node-soap over the WSDL given as first argument; prints its URL, ends with its standard input.
'use strict';
const fs = require('fs');
const http = require('http');
const soap = require('soap');

const fault = (code) => ({
  Fault: {
    faultcode: 'SOAP-ENV:Client', // SOAP 1.1
    faultstring: `code <${code}>`,
    detail: { problem: { code } },
  },
});

// It reads dates as Date and writes those as nothing.
const written = (name, value) => {
  if (!(value instanceof Date)) return value;
  return name === 'day' ? value.toISOString().slice(0, 10) : value.toISOString();
};
const order = (given) => Object.fromEntries(Object.entries(given).map(([name, value]) => [name, written(name, value)]));

const operations = {
  echo: (given) => ({ result: order(given.order) }),
  add: (given) => ({ result: Number(given.a) + Number(given.b) }),
  describe: (given) => ({ result: JSON.stringify(given.order) }),
  fail: (given) => { throw fault(given.code); },
  forget: () => ({}),
};

const server = http.createServer((_, response) => { response.statusCode = 404; response.end(); });
server.listen(0, '127.0.0.1', () => {
  const options = {
    path: '/',
    services: { Registry: { RegistryPort: operations } },
    xml: fs.readFileSync(process.argv[2], 'utf8'),
    forceSoap12Headers: process.argv[3] === '1.2',
  };
  soap.listen(server, options);
  console.log(`http://127.0.0.1:${server.address().port}/`);
});
process.stdin.resume();
process.stdin.on('end', () => process.exit(0));
