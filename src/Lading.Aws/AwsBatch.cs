namespace Lading.Aws;

/// <summary>The result of an operation on many names: the objects found, and why others were not.</summary>
/// <param name="Items">The objects found.</param>
/// <param name="Failures">The names that failed, although the call succeeded.</param>
internal sealed record AwsBatch<T>(IReadOnlyList<T> Items, IReadOnlyList<AwsBatchFailure> Failures);

/// <summary>Why one of many names failed.</summary>
/// <param name="Arn">The requested name.</param>
/// <param name="Reason">Such as <c>MISSING</c>.</param>
/// <param name="Detail">The service's message; empty if there is none.</param>
internal sealed record AwsBatchFailure(string Arn, string Reason, string Detail)
{
    /// <summary>Whether it does not exist.</summary>
    public bool IsMissing => Reason == "MISSING";

    public override string ToString() => Detail.Length > 0 ? $"{Reason} of {Name} ({Detail})" : $"{Reason} of {Name}";

    private string Name => Arn[(Arn.LastIndexOf('/') + 1)..];
}
