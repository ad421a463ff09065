namespace Lading.Locks;

/// <summary>The lock of an environment, version 1: which digest each image stands on, written by <c>publish</c> and <c>resolve</c>.</summary>
/// <param name="Environment">The environment's name in <c>lading.json</c>.</param>
/// <param name="Images">By name, in byte order.</param>
public sealed record ImageLock(string Environment, IReadOnlyDictionary<string, LockedImage> Images);
