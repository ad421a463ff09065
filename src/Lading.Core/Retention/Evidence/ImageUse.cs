using Lading.Running.Evidence;

namespace Lading.Retention.Evidence;

/// <summary>Something that uses an image, may use it again, or keeps it.</summary>
/// <param name="Kind">The kind of use.</param>
/// <param name="Image">The image.</param>
/// <param name="Reason">The use as part of a sentence that begins with the image: <c>runs in Storefront (6 tasks)</c>.</param>
/// <param name="Source">The source of this fact.</param>
internal sealed record ImageUse(UseKind Kind, UsedImage Image, string Reason, FactOrigin Source);
