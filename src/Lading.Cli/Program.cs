using System.Runtime.InteropServices;
using Lading.Cli;

// The first signal asks, the second one is the system's: it ends the process at once.
using var cancellation = new CancellationTokenSource();
void Cancel(PosixSignalContext signal)
{
    signal.Cancel = !cancellation.IsCancellationRequested;
    cancellation.Cancel();
}

using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Cancel);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Cancel);

return await new Application(Host.OfProcess()).RunAsync(args, cancellation.Token).ConfigureAwait(false);
