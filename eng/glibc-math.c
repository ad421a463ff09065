/* glibc 2.29 has new versions of three functions of libm, which differ only in errno on overflow. Binding the older
   versions lets the program start on glibc 2.28 and earlier. Linked with --wrap. */
#ifdef __aarch64__
#define OLD "GLIBC_2.17"
#else
#define OLD "GLIBC_2.2.5"
#endif
__asm__(".symver lading_pow, pow@" OLD);
__asm__(".symver lading_log, log@" OLD);
__asm__(".symver lading_log2, log2@" OLD);
double lading_pow(double x, double y);
double lading_log(double x);
double lading_log2(double x);
double __wrap_pow(double x, double y) { return lading_pow(x, y); }
double __wrap_log(double x) { return lading_log(x); }
double __wrap_log2(double x) { return lading_log2(x); }
