using System.Collections;
using Lading.Oci;

namespace Lading.Retention.Evidence;

/// <summary>
/// The images of a repository in a fifth of the memory: registries have hundreds of thousands, and a decision looks at one at a time.
/// An image is created on access, so two accesses return equal images, not the same one.
/// </summary>
internal sealed class PackedImages : IReadOnlyList<StoredImage>
{
    private const int InBlock = 128;

    private readonly byte[][] blocks;
    private readonly int[] starts;
    private readonly string[] words;

    private PackedImages(byte[][] blocks, int[] starts, string[] words)
    {
        this.blocks = blocks;
        this.starts = starts;
        this.words = words;
    }

    [Flags]
    private enum Parts : byte
    {
        None = 0,
        Archived = 1,
        Pushed = 2,
        Pulled = 4,
        Activated = 8,
        Subject = 16,
    }

    public int Count => starts.Length;

    public StoredImage this[int index]
    {
        get
        {
            var reader = new CompactReader(blocks[index / InBlock].AsSpan(starts[index]), words);
            return Read(ref reader);
        }
    }

    public IEnumerator<StoredImage> GetEnumerator()
    {
        for (var i = 0; i < Count; i++)
        {
            yield return this[i];
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private static StoredImage Read(ref CompactReader reader)
    {
        var parts = (Parts)reader.ReadNumber();
        return new StoredImage
        {
            Digest = reader.ReadDigest(),
            MediaType = reader.ReadWord() ?? "",
            ArtifactType = reader.ReadWord(),
            Size = reader.ReadOptionalNumber(),
            IsArchived = parts.HasFlag(Parts.Archived),
            PushedAt = parts.HasFlag(Parts.Pushed) ? reader.ReadTime() : null,
            PulledAt = parts.HasFlag(Parts.Pulled) ? reader.ReadTime() : null,
            ActivatedAt = parts.HasFlag(Parts.Activated) ? reader.ReadTime() : null,
            Subject = parts.HasFlag(Parts.Subject) ? reader.ReadDigest() : null,
            Tags = ReadTags(ref reader),
            Children = ReadDescriptors(ref reader),
            Blobs = ReadDescriptors(ref reader),
        };
    }

    private static string[] ReadTags(ref CompactReader reader)
    {
        var count = (int)reader.ReadNumber();
        var tags = count == 0 ? [] : new string[count];
        for (var i = 0; i < count; i++)
        {
            tags[i] = reader.ReadText();
        }

        return tags;
    }

    private static Descriptor[]? ReadDescriptors(ref CompactReader reader)
    {
        if (reader.ReadOptionalNumber() is not { } count)
        {
            return null;
        }

        var descriptors = count == 0 ? [] : new Descriptor[count];
        for (var i = 0; i < count; i++)
        {
            descriptors[i] = new Descriptor
            {
                Digest = reader.ReadDigest(),
                MediaType = reader.ReadWord() ?? "",
                Size = reader.ReadOptionalNumber() ?? 0,
                Platform = reader.ReadWord() is { } os
                    ? new Platform(os, reader.ReadWord() ?? "", reader.ReadWord())
                    : null,
            };
        }

        return descriptors;
    }

    /// <summary>Packs images one after the other, each digest once.</summary>
    public sealed class Builder
    {
        private readonly CompactWriter writer = new();
        private readonly List<byte[]> blocks = [];
        private readonly List<int> starts = [];
        private readonly HashSet<Digest> seen = [];

        public int Count => starts.Count;

        /// <summary>
        /// Packs an image; false if its digest was packed already: a list that changes while it is being paged repeats
        /// some.
        /// </summary>
        public bool Add(StoredImage image)
        {
            if (!seen.Add(image.Digest))
            {
                return false;
            }

            if (starts.Count > 0 && starts.Count % InBlock == 0)
            {
                blocks.Add(writer.Take());
            }

            starts.Add(writer.Length);
            Write(image);
            return true;
        }

        /// <summary>All packed images, in order.</summary>
        public PackedImages Build()
        {
            blocks.Add(writer.Take());
            return new PackedImages([.. blocks], [.. starts], [.. writer.Words]);
        }

        private void Write(StoredImage image)
        {
            writer.Write((ulong)PartsOf(image));
            writer.Write(image.Digest);
            writer.WriteWord(image.MediaType);
            writer.WriteWord(image.ArtifactType);
            writer.Write(image.Size);
            foreach (var time in new[] { image.PushedAt, image.PulledAt, image.ActivatedAt })
            {
                if (time is { } known)
                {
                    writer.Write(known);
                }
            }

            if (image.Subject is { } subject)
            {
                writer.Write(subject);
            }

            writer.Write((ulong)image.Tags.Count);
            foreach (var tag in image.Tags)
            {
                writer.Write(tag);
            }

            Write(image.Children);
            Write(image.Blobs);
        }

        private void Write(IReadOnlyList<Descriptor>? descriptors)
        {
            writer.Write((long?)descriptors?.Count);
            foreach (var descriptor in descriptors ?? [])
            {
                writer.Write(descriptor.Digest);
                writer.WriteWord(descriptor.MediaType);
                writer.Write((long?)descriptor.Size);
                writer.WriteWord(descriptor.Platform?.Os);
                if (descriptor.Platform is { } platform)
                {
                    writer.WriteWord(platform.Architecture);
                    writer.WriteWord(platform.Variant);
                }
            }
        }

        private static Parts PartsOf(StoredImage image) =>
            (image.IsArchived ? Parts.Archived : Parts.None)
            | (image.PushedAt is null ? Parts.None : Parts.Pushed)
            | (image.PulledAt is null ? Parts.None : Parts.Pulled)
            | (image.ActivatedAt is null ? Parts.None : Parts.Activated)
            | (image.Subject is null ? Parts.None : Parts.Subject);
    }
}
