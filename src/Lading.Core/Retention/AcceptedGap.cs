using Lading.Configuration;
using Lading.Oci;

namespace Lading.Retention;

/// <summary>A gap in the evidence that would hold repositories if no exception accepted it.</summary>
/// <param name="Subject">What is unknown, as the exception names it.</param>
/// <param name="Reason">What is unknown, as part of a sentence.</param>
/// <param name="Exception">The entry of <c>lading.json</c> that accepts it.</param>
/// <param name="Repositories">The repositories that it would hold.</param>
internal sealed record AcceptedGap(
    string Subject,
    string Reason,
    RetentionException Exception,
    IReadOnlyList<RepositoryName> Repositories
);
