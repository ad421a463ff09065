namespace Lading.Aws;

/// <summary>An AWS service refused an operation for a reason that it says it expects (<see cref="IAwsOperation{T}.Expected"/>).</summary>
internal sealed class AwsException(string attempted, AwsError error)
    : Exception($"{attempted}: {error.Code}: {error.Message}")
{
    public AwsError Error { get; } = error;

    /// <summary>Whether a failure is one of credentials that may not do what was asked.</summary>
    public static bool IsDenial(LadingException failure) =>
        failure.InnerException is AwsException { Error.IsDenial: true };
}
