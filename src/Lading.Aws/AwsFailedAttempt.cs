using Lading.Http;

namespace Lading.Aws;

/// <summary>An attempt that a service answered with a transient error.</summary>
internal sealed record AwsFailedAttempt(AwsError Error, string Text, int Tries) : FailedAttempt(Text, Tries)
{
    public override bool IsBusy => Error.IsThrottling;
}
