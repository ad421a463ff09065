using Lading.Configuration;
using Lading.Git;

namespace Lading.Fingerprints;

/// <summary>An image, and what it is made from at a revision or in the working tree.</summary>
internal sealed record ImageIdentity
{
    public required ImageDefinition Definition { get; init; }

    public required ImageInputs Inputs { get; init; }

    public required Fingerprint Fingerprint { get; init; }

    /// <summary>The version of the rules that <see cref="Fingerprint"/> follows (docs/fingerprint.md).</summary>
    public int FingerprintVersion => Inputs.Version;

    /// <summary>The identity by the rules of an older version, under which the image may be published; null if those give the same, or none.</summary>
    public Fingerprint? Earlier { get; init; }

    /// <summary>The commit whose content the inputs are; null if they are uncommitted.</summary>
    public required ObjectId? Commit { get; init; }

    /// <summary>What git calls the tree that the inputs are from, at the top of the repository: a commit, or a tree.</summary>
    public required string Root { get; init; }

    /// <summary>The folder of <c>lading.json</c> from the top of the repository, ending in <c>/</c>; empty at the top.</summary>
    public string Prefix { get; init; } = "";

    /// <summary>Set where the image is held back at <see cref="Commit"/>.</summary>
    public Hold? Hold { get; init; }

    /// <summary>What differs from the commit among its inputs; empty if nothing does.</summary>
    public IReadOnlyList<UncommittedChange> Changes { get; init; } = [];

    /// <summary>Paths, from the top of the repository, of submodules among them in whose own working trees something is uncommitted.</summary>
    public IReadOnlyList<string> OpenSubmodules { get; init; } = [];

    /// <summary>Reads the files of the inputs as well; null if they were read.</summary>
    public Func<ImageIdentity, CancellationToken, Task<ImageIdentity>>? Unread { get; init; }

    /// <summary>The identity with the files of its inputs, which a remembered one comes without.</summary>
    /// <exception cref="LadingException">What was remembered is not what the files give.</exception>
    public Task<ImageIdentity> WithFilesAsync(CancellationToken cancellationToken) =>
        Unread is null ? Task.FromResult(this) : Unread(this, cancellationToken);

    public string Name => Definition.Name;
}

/// <summary>An uncommitted change of an image's inputs.</summary>
/// <param name="Kind">As <see cref="Lading.Git.WorkingChange"/> has it.</param>
/// <param name="What">A path from the top of the repository, or a part of Lading's own files: <c>lading.json (images.web)</c>.</param>
internal sealed record UncommittedChange(char Kind, string What);
