using Lading.Locks;

namespace Lading.Shipping;

/// <summary>A lock as the registry has it.</summary>
/// <param name="Lock">The images that were asked for.</param>
/// <param name="Uncommitted">The images with inputs that differ from <c>HEAD</c> and are not in it.</param>
internal sealed record ResolvedLock(ImageLock Lock, IReadOnlyList<string> Uncommitted);
