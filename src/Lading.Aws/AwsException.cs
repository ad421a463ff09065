namespace Lading.Aws;

/// <summary>An AWS service refused an operation with an error code that the operation expects (<see cref="IAwsOperation{T}.Expected"/>).</summary>
internal sealed class AwsException(string attempted, AwsError error)
    : Exception($"{attempted}: {error.Code}: {error.Message}")
{
    public AwsError Error { get; } = error;

    /// <summary>Whether an error is a missing permission.</summary>
    public static bool IsDenial(LadingException failure) =>
        failure.InnerException is AwsException { Error.IsDenial: true };
}
