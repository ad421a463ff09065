using Lading.Http;

namespace Lading.Registry.Transport;

/// <summary>An attempt at a request that may not be repeated as it is failed; whoever sent it knows where to begin again.</summary>
internal sealed class FailedAttemptException(FailedAttempt failed) : Exception(failed.Text, failed.Cause)
{
    public FailedAttempt Failed { get; } = failed;
}
