using Lading.Configuration;
using Lading.Git;

namespace Lading.Fingerprints;

/// <summary>The inputs of an assembled image.</summary>
internal sealed record AssembledInputs : ImageInputs
{
    private readonly IReadOnlyList<TreeEntry> files = [];

    public required AssembledImage Definition { get; init; }

    /// <summary>Null for <c>scratch</c>.</summary>
    public required BaseReference? Base { get; init; }

    /// <summary>The sources, in byte order of their paths from the folder of <c>lading.json</c>.</summary>
    public required IReadOnlyList<TreeEntry> Files
    {
        get =>
            Recalled is null
                ? files
                : throw new InvalidOperationException("The files of a remembered identity have to be read first.");
        init => files = value;
    }

    public override IReadOnlyList<BaseReference> Bases => Base is null ? [] : [Base];

    public override int FileCount => Recalled?.Counts[0] ?? files.Count;

    public override string Kind => "assemble";

    protected override void AddTo(CanonicalHash hash)
    {
        AddOptionalText(hash, Definition.Run);
        AddBases(hash, Bases);
        hash.Number(Definition.Copy.Count);
        foreach (var entry in Definition.Copy)
        {
            hash.Text(entry.From);
            hash.Text(entry.To);
        }

        AddOptionalText(hash, Definition.User);
        AddOptionalText(hash, Definition.WorkingDirectory);
        AddMap(hash, Definition.Env);
        AddOptionalList(hash, Definition.Entrypoint);
        AddOptionalList(hash, Definition.Command);
        AddList(hash, [.. Definition.Ports.Order(ByteOrder.Comparer)]);
        AddMap(hash, Definition.Labels);
        AddFiles(hash, Files);
    }

    private static void AddOptionalText(CanonicalHash hash, string? text) =>
        AddOptionalList(hash, text is null ? null : [text]);
}
