using Lading.Configuration;
using Lading.Git;

namespace Lading.Fingerprints;

/// <summary>An image, and its inputs at a revision or in the working tree.</summary>
internal sealed record ImageIdentity
{
    public required ImageDefinition Definition { get; init; }

    public required ImageInputs Inputs { get; init; }

    public required Fingerprint Fingerprint { get; init; }

    /// <summary>The version of the rules of <see cref="Fingerprint"/> (docs/fingerprint.md).</summary>
    public int FingerprintVersion => Inputs.Version;

    /// <summary>The identity by older rules, under which the image may be published; null if it is the same, or there is none.</summary>
    public Fingerprint? Earlier { get; init; }

    /// <summary>The commit whose content the inputs are; null if they are uncommitted.</summary>
    public required ObjectId? Commit { get; init; }

    /// <summary>The git name of the tree with the inputs, at the top of the repository: a commit, or a tree.</summary>
    public required string Root { get; init; }

    /// <summary>The folder of <c>lading.json</c> from the top of the repository, ending in <c>/</c>; empty at the top.</summary>
    public string Prefix { get; init; } = "";

    /// <summary>Set if the image is held back at <see cref="Commit"/>.</summary>
    public Hold? Hold { get; init; }

    /// <summary>The inputs that differ from the commit; empty if none does.</summary>
    public IReadOnlyList<UncommittedChange> Changes { get; init; } = [];

    /// <summary>Paths, from the top of the repository, of its submodules with uncommitted changes inside.</summary>
    public IReadOnlyList<string> OpenSubmodules { get; init; } = [];

    /// <summary>Reads the files of the inputs as well; null if they were read.</summary>
    public Func<ImageIdentity, CancellationToken, Task<ImageIdentity>>? Unread { get; init; }

    /// <summary>The identity with the files of its inputs, which a remembered one lacks.</summary>
    /// <exception cref="LadingException">The files do not match what was remembered.</exception>
    public Task<ImageIdentity> WithFilesAsync(CancellationToken cancellationToken) =>
        Unread is null ? Task.FromResult(this) : Unread(this, cancellationToken);

    public string Name => Definition.Name;
}

/// <summary>An uncommitted change of an image's inputs.</summary>
/// <param name="Kind">A value of <see cref="Lading.Git.WorkingChange"/>.</param>
/// <param name="What">A path from the top of the repository, or a part of Lading's own files: <c>lading.json (images.web)</c>.</param>
internal sealed record UncommittedChange(char Kind, string What);
