namespace Lading.Server;

/// <summary>The body of a request stalled, or is too slow to wait for.</summary>
internal sealed class SlowBodyException(string message) : Exception(message)
{
    /// <summary>Nothing arrived at all.</summary>
    public static SlowBodyException Silent(TimeSpan patience) =>
        new($"nothing of the body came for {patience.TotalSeconds} s");
}
