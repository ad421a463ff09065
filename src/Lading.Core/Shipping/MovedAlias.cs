using Lading.Oci;

namespace Lading.Shipping;

/// <summary>An alias that stood on another image before.</summary>
/// <param name="Alias">The tag.</param>
/// <param name="From">The commit that first published the other image.</param>
internal sealed record MovedAlias(Tag Alias, string From);
