using System.Runtime.InteropServices;
using Lading.Bench;

using var cancellation = new CancellationTokenSource();
using var interrupt = PosixSignalRegistration.Create(
    PosixSignal.SIGINT,
    signal =>
    {
        signal.Cancel = !cancellation.IsCancellationRequested;
        cancellation.Cancel();
    }
);
return await BenchmarkRun.RunAsync(args, cancellation.Token);
