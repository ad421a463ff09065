namespace Lading.Registry.Transport;

/// <summary>Something beside the registry, such as its token service, failed in a way that passes.</summary>
internal sealed class PassingFailureException(string message, TimeSpan? asked) : IOException(message)
{
    /// <summary>The wait that it asked for.</summary>
    public TimeSpan? Asked { get; } = asked;
}
