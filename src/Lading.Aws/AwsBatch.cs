namespace Lading.Aws;

/// <summary>What an operation that takes many names answers: those that were found, and why others were not.</summary>
/// <param name="Items">Those that were found.</param>
/// <param name="Failures">Those that were not; the call itself succeeded.</param>
internal sealed record AwsBatch<T>(IReadOnlyList<T> Items, IReadOnlyList<AwsBatchFailure> Failures);

/// <summary>Why one of many was not answered.</summary>
/// <param name="Arn">What was asked for.</param>
/// <param name="Reason">Such as <c>MISSING</c>.</param>
/// <param name="Detail">In the service's words; empty if there are none.</param>
internal sealed record AwsBatchFailure(string Arn, string Reason, string Detail)
{
    /// <summary>Whether it does not exist.</summary>
    public bool IsMissing => Reason == "MISSING";

    public override string ToString() => Detail.Length > 0 ? $"{Reason} of {Name} ({Detail})" : $"{Reason} of {Name}";

    private string Name => Arn[(Arn.LastIndexOf('/') + 1)..];
}
