using Lading.Configuration;
using Lading.Context;
using Lading.Git;

namespace Lading.Fingerprints;

/// <summary>A project's own files at one revision, or in the working tree.</summary>
/// <param name="Root">The git name of the tree: a revision, or the id of a tree.</param>
/// <param name="Commit">Null for a working tree.</param>
/// <param name="Configuration">Null if there is no <c>lading.json</c>.</param>
/// <param name="Pins">None if there is no <c>lading.bases.json</c>.</param>
internal sealed record RevisionView(string Root, ObjectId? Commit, LadingConfiguration? Configuration, BasePins Pins)
{
    /// <summary>What messages call it.</summary>
    public string Display => Commit is { } commit ? Short(commit) : "the working tree";

    /// <summary>Reads a revision; null if the commit is not in this clone.</summary>
    /// <exception cref="LadingException">One of the files has errors, or is a dangling symbolic link.</exception>
    public static async Task<RevisionView?> FindAsync(
        ObjectReader objects,
        string revision,
        RepositoryPath paths,
        CancellationToken cancellationToken
    )
    {
        if (await objects.FindAsync(revision + "^{commit}", cancellationToken).ConfigureAwait(false) is not { } commit)
        {
            return null;
        }

        string[] names = [OwnFiles.Configuration, OwnFiles.BasePins];
        var root = commit.Id.ToString();
        var found = await FoundPaths
            .ReadAsync(objects, root, paths, names, names, cancellationToken)
            .ConfigureAwait(false);
        return new RevisionView(
            root,
            commit.Id,
            Find(OwnFiles.Configuration) is { } configuration
                ? ConfigurationReader.Read(configuration, DisplayOf(OwnFiles.Configuration))
                : null,
            Find(OwnFiles.BasePins) is { } pins
                ? BasePinsReader.Read(pins, DisplayOf(OwnFiles.BasePins))
                : BasePins.None
        );

        string DisplayOf(string name) => $"{Short(commit.Id)}:{name}";

        byte[]? Find(string name) =>
            found[name] switch
            {
                { Fault: { } fault } => throw LinkedFile.Refusal(DisplayOf(name), fault),
                { IsFile: true } path => found.ContentOf(path),
                _ => null,
            };
    }

    private static string Short(ObjectId commit) => commit.ToString()[..12];
}
