/* Before Main, the runtime of a native program writes about 10 MB of type tables to untouched memory, with a page fault
   for every 4 KB: half the cost of a short command on a virtual machine. Huge pages, and populating the rest at once,
   take a fifteenth of the faults. The kernel may refuse either (THP "never"; before Linux 5.14), which does no harm.
   Linked on Linux only. It needs no header, so it compiles for any target. */
extern char __bss_start[] __attribute__((visibility("hidden")));
extern char _end[] __attribute__((visibility("hidden")));
int madvise(void *from, unsigned long length, int advice);
int getpagesize(void);

enum { HUGE_PAGES = 14, POPULATE_WRITE = 23 }; /* MADV_HUGEPAGE and MADV_POPULATE_WRITE of madvise(2) */

__attribute__((constructor)) static void populate_tables(void) {
  unsigned long page = (unsigned long)getpagesize();
  unsigned long from = ((unsigned long)__bss_start + page - 1) / page * page;
  unsigned long to = (unsigned long)_end / page * page;
  if (to > from) {
    madvise((void *)from, to - from, HUGE_PAGES);
    madvise((void *)from, to - from, POPULATE_WRITE);
  }
}
