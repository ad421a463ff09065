namespace Lading.Aws;

/// <summary>An AWS service refused an operation, for a reason that the caller may have an answer to.</summary>
internal sealed class AwsException(string attempted, AwsError error)
    : Exception($"{attempted}: {error.Code}: {error.Text}")
{
    public string Attempted { get; } = attempted;

    public AwsError Error { get; } = error;
}
