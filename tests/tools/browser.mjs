// Headless Chromium, spoken to through a pipe.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export class Browser {
    constructor(chromium) {
        this.profile = mkdtempSync(join(tmpdir(), 'mujaz-site-'));
        const words = ['--headless=new', '--remote-debugging-pipe', '--disable-gpu', '--no-first-run', '--hide-scrollbars',
                       `--user-data-dir=${this.profile}`];
        if (process.getuid() === 0)
            words.push('--no-sandbox');
        this.process = spawn(chromium, words, { stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'] });
        this.waiting = new Map();
        this.last = 0;
        this.said = [];
        this.loaded = () => {};
        let rest = Buffer.alloc(0);
        this.process.stdio[4].on('data', (bytes) => {
            rest = Buffer.concat([rest, bytes]);
            for (let end; (end = rest.indexOf(0)) >= 0; rest = rest.subarray(end + 1))
                this.take(JSON.parse(rest.subarray(0, end).toString('utf8')));
        });
    }

    take(message) {
        if (message.id && this.waiting.has(message.id)) {
            const { resolve, reject } = this.waiting.get(message.id);
            this.waiting.delete(message.id);
            message.error ? reject(new Error(message.error.message)) : resolve(message.result);
        } else if (message.method === 'Page.loadEventFired') {
            this.loaded();
        } else if (message.method === 'Log.entryAdded' && message.params.entry.level === 'error') {
            this.said.push(`${message.params.entry.text} ${message.params.entry.url ?? ''}`);
        }
    }

    ask(method, params = {}, session = this.session) {
        const id = ++this.last;
        this.process.stdio[3].write(JSON.stringify({ id, method, params, sessionId: session }) + '\0');
        return new Promise((resolve, reject) => this.waiting.set(id, { resolve, reject }));
    }

    async open() {
        const { targetId } = await this.ask('Target.createTarget', { url: 'about:blank' });
        this.session = (await this.ask('Target.attachToTarget', { targetId, flatten: true })).sessionId;
        await this.ask('Page.enable');
        await this.ask('Log.enable');
    }

    async go(url) {
        const loaded = new Promise((resolve) => { this.loaded = resolve; });
        const { errorText } = await this.ask('Page.navigate', { url });
        if (errorText)
            throw new Error(`${url}: ${errorText}`);
        await loaded;
    }

    async run(expression) {
        const { result, exceptionDetails } =
            await this.ask('Runtime.evaluate', { expression, awaitPromise: true, returnByValue: true });
        if (exceptionDetails)
            throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
        return result.value;
    }

    async close() {
        const ended = new Promise((resolve) => this.process.on('exit', resolve));
        this.ask('Browser.close', {}, undefined).catch(() => {});
        await ended;
        rmSync(this.profile, { recursive: true, force: true });
    }
}
