using Lading.Oci;

namespace Lading.Shipping;

/// <summary>An image to copy: as it is, whole, under the same digest.</summary>
/// <param name="Source">Where it is.</param>
/// <param name="Manifest">Its manifest or index.</param>
/// <param name="Target">Where it goes.</param>
internal sealed record CopyRequest(IReadableRepository Source, ManifestContent Manifest, IImageRepository Target)
{
    /// <summary>The tag that it gets; null for none.</summary>
    public Tag? Tag { get; init; }

    /// <summary>What to do if the tag points to another digest.</summary>
    public TagRule Rule { get; init; } = TagRule.Move;

    /// <summary>What is done once all of it is there and before its tag is put, so that the tag stands for that too; null for nothing.</summary>
    public Func<CancellationToken, Task>? BeforeTag { get; init; }

    /// <summary>Whether blobs can be taken over within the registry that has both places.</summary>
    public bool CanMount => Source.Registry is { } registry && registry == Target.Registry;

    /// <summary>The place that the tag gets; null if there is none.</summary>
    public TagPlacement? Placement => Tag is { } tag ? new TagPlacement(Target, tag, Rule) : null;
}

/// <summary>How far copying an image is.</summary>
/// <param name="Bytes">Bytes done, whether sent, mounted or there already.</param>
/// <param name="TotalBytes">Bytes in all.</param>
/// <param name="Blobs">Blobs done.</param>
/// <param name="TotalBlobs">Blobs in all.</param>
internal sealed record CopyProgress(long Bytes, long TotalBytes, int Blobs, int TotalBlobs);
