namespace Lading.Server;

/// <summary>The body of a request stopped coming.</summary>
internal sealed class SlowBodyException(TimeSpan patience)
    : Exception($"nothing of the body came for {patience.TotalSeconds} s");
