namespace Lading.Server;

/// <summary>The body of a request stopped coming, or comes too slowly to be waited for.</summary>
internal sealed class SlowBodyException(string message) : Exception(message)
{
    /// <summary>Nothing at all came.</summary>
    public static SlowBodyException Silent(TimeSpan patience) =>
        new($"nothing of the body came for {patience.TotalSeconds} s");
}
