using System.Globalization;
using Lading.Fingerprints.Remembered;
using Lading.Git;
using Lading.Oci;

namespace Lading.Fingerprints;

/// <summary>Everything that goes into the build of an image, and so into its fingerprint.</summary>
internal abstract record ImageInputs
{
    /// <summary>Sorted by their text.</summary>
    public required IReadOnlyList<Platform> Platforms { get; init; }

    public required int Epoch { get; init; }

    /// <summary>The number of files.</summary>
    public abstract int FileCount { get; }

    /// <summary>Its base images; empty if there are none.</summary>
    public abstract IReadOnlyList<BaseReference> Bases { get; }

    /// <summary>The version of the rules for the inputs (<see cref="FingerprintVersion"/>).</summary>
    public int Version { get; init; } = FingerprintVersion.First;

    /// <summary>Set if the files were not read, because the result is remembered.</summary>
    public RememberedIdentity? Recalled { get; init; }

    /// <summary>The identity (docs/fingerprint.md), from the files themselves.</summary>
    public Fingerprint Fingerprint()
    {
        if (Recalled is not null)
        {
            throw new InvalidOperationException("The files of a remembered identity have to be read first.");
        }

        using var hash = new CanonicalHash();
        hash.Text(string.Create(CultureInfo.InvariantCulture, $"lading fingerprint {Version}"));
        hash.Text(Kind);
        hash.Number(Platforms.Count);
        foreach (var platform in Platforms)
        {
            hash.Text(platform.ToString());
        }

        hash.Number(Epoch);
        AddTo(hash);
        return hash.Finish();
    }

    /// <summary><c>build</c>, <c>assemble</c> or <c>from</c>.</summary>
    public abstract string Kind { get; }

    /// <summary>Adds what is specific to this kind of image.</summary>
    protected abstract void AddTo(CanonicalHash hash);

    protected static void AddList(CanonicalHash hash, IReadOnlyList<string> texts)
    {
        hash.Number(texts.Count);
        foreach (var text in texts)
        {
            hash.Text(text);
        }
    }

    /// <summary>A list that may be absent: a 0 if it is, otherwise a 1 and the list.</summary>
    protected static void AddOptionalList(CanonicalHash hash, IReadOnlyList<string>? texts)
    {
        hash.Number(texts is null ? 0 : 1);
        if (texts is not null)
        {
            AddList(hash, texts);
        }
    }

    protected static void AddMap(CanonicalHash hash, IReadOnlyDictionary<string, string> map)
    {
        hash.Number(map.Count);
        foreach (var (key, value) in map.OrderBy(pair => pair.Key, ByteOrder.Comparer))
        {
            hash.Text(key);
            hash.Text(value);
        }
    }

    /// <summary>Files in byte order of their paths: mode, object id, path.</summary>
    protected static void AddFiles(CanonicalHash hash, IReadOnlyList<TreeEntry> files)
    {
        hash.Number(files.Count);
        foreach (var file in files)
        {
            hash.Bytes(file.Mode.Octal());
            hash.Id(file.Id);
            hash.Text(file.Path);
        }
    }

    protected static void AddBases(CanonicalHash hash, IReadOnlyList<BaseReference> bases)
    {
        hash.Number(bases.Count);
        foreach (var input in bases.OrderBy(input => input.Reference, ByteOrder.Comparer))
        {
            hash.Text(input.Reference);
            hash.Text(input.Digest?.ToString() ?? "");
        }
    }
}
