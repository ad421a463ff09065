using Lading.Configuration;
using Lading.Retention.Evidence;

namespace Lading.Retention;

/// <summary>A hold of a repository that an exception lifts.</summary>
internal sealed record ExceptedHold(RepositoryHold Hold, RetentionException Exception);
