namespace Lading.Registry;

/// <summary>How far an upload got.</summary>
/// <param name="Location">Where its next bytes go.</param>
/// <param name="Offset">The first byte that the registry does not have.</param>
internal sealed record UploadPosition(Uri Location, long Offset);
