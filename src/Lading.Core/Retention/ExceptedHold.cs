using Lading.Configuration;
using Lading.Retention.Evidence;

namespace Lading.Retention;

/// <summary>What would hold a repository, and why it does not.</summary>
internal sealed record ExceptedHold(RepositoryHold Hold, RetentionException Exception);
