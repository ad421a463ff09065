namespace Lading.Testing.Faults;

/// <summary>What happens to a request instead of what should.</summary>
internal delegate Task Fault(FaultedRequest exchange);
