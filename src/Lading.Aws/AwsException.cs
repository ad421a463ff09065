namespace Lading.Aws;

/// <summary>An AWS service refused an operation for a reason that it says it expects (<see cref="IAwsOperation{T}.Expected"/>).</summary>
internal sealed class AwsException(string attempted, AwsError error)
    : Exception($"{attempted}: {error.Code}: {error.Message}")
{
    public AwsError Error { get; } = error;
}
