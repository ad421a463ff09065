namespace Lading.Fingerprints;

/// <summary>The inputs of a mirrored image: only its pinned digest.</summary>
internal sealed record MirroredInputs : ImageInputs
{
    public required BaseReference From { get; init; }

    public override IReadOnlyList<BaseReference> Bases => [From];

    public override int FileCount => 0;

    public override string Kind => "from";

    protected override void AddTo(CanonicalHash hash) => AddBases(hash, Bases);
}
