using Lading.Running.Evidence;

namespace Lading.Retention.Gathering;

/// <summary>An account and region whose uses were read.</summary>
/// <param name="Account">12 digits.</param>
/// <param name="Region">Such as <c>eu-central-1</c>.</param>
/// <param name="Unread">What could not be read.</param>
internal sealed record QueriedAccount(string Account, string Region, IReadOnlyList<UnreadFact> Unread);
