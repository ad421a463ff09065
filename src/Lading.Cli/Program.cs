using Lading.Cli;

using var signals = new CancellingSignals();
return await new Application(Host.OfProcess()).RunAsync(args, signals.Token).ConfigureAwait(false);
