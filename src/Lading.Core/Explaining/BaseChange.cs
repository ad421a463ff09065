using Lading.Provenance;

namespace Lading.Explaining;

/// <summary>An image below in which the inputs of an image differ.</summary>
/// <param name="Reference">As written.</param>
/// <param name="Before">Null if it was added.</param>
/// <param name="After">Null if it was removed.</param>
internal sealed record BaseChange(string Reference, BaseRecord? Before, BaseRecord? After);
