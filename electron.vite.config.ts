import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';
import { stampBuild } from './scripts/build-stamp.ts';

// Dependencies of the main process (ws, zod) stay outside its bundle; those of the window go into its own.
export default defineConfig({
  main: {
    build: {
      outDir: 'out/main',
      rolldownOptions: {
        input: {
          index: 'src/main/index.ts',
          // The other shell, and one thread of both: see docs/decisions/0021.
          headless: 'src/headless/main.ts',
          'simulator-worker': 'src/simulator/worker.ts',
        },
        output: { format: 'es' },
      },
    },
  },
  preload: {
    build: {
      outDir: 'out/preload',
      // A sandboxed window loads CommonJS only.
      rolldownOptions: {
        input: { preload: 'src/preload/index.ts' },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: 'src/renderer',
    build: {
      outDir: 'out/renderer',
      // Nothing may be inlined as a data: URL that the window's policy would refuse.
      assetsInlineLimit: 0,
      minify: true,
      rolldownOptions: {
        input: {
          index: 'src/renderer/index.html',
          // What a panel stands in that was popped out of the desk.
          popout: 'src/renderer/popout.html',
        },
      },
    },
    plugins: [react(), tailwindcss(), stampBuild(import.meta.dirname)],
  },
});
