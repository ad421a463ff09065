using Lading.Configuration;
using Lading.Context;
using Lading.Git;

namespace Lading.Projects;

/// <summary>A commit at which an image was defined.</summary>
/// <param name="Commit">The commit with the image's inputs.</param>
/// <param name="Subject">The first line of its message.</param>
/// <param name="HeldAt">The named commit, if the image was held back there at <paramref name="Commit"/>; otherwise null.</param>
internal sealed record ImageRevision(ObjectId Commit, string Subject, ObjectId? HeldAt)
{
    /// <summary>Gets the commit of an image's inputs at a revision.</summary>
    /// <exception cref="LadingException">The revision does not exist, or does not define the image.</exception>
    public static async Task<ImageRevision> GetAsync(
        GitRepository repository,
        string image,
        string revision,
        CancellationToken cancellationToken
    )
    {
        var named = await repository.GetCommitAsync(revision, cancellationToken).ConfigureAwait(false);
        var objects = ObjectReader.Start(repository.Git);
        await using (objects.ConfigureAwait(false))
        {
            var commit = named;
            var visited = new HashSet<ObjectId>();
            while (
                await FindHoldAsync(objects, repository, image, commit, cancellationToken).ConfigureAwait(false)
                    is { } hold
            )
            {
                if (!visited.Add(commit))
                {
                    throw LadingException.Usage(
                        $"Could not find what {image} was at {revision}",
                        "its holds form a cycle",
                        "Name another revision."
                    );
                }

                commit = await repository.GetCommitAsync(hold.Revision, cancellationToken).ConfigureAwait(false);
            }

            var message = await objects.FindAsync(commit.ToString(), cancellationToken).ConfigureAwait(false);
            return new ImageRevision(commit, CommitMessage.SubjectOf(message!.Content), commit == named ? null : named);
        }
    }

    private static async Task<Hold?> FindHoldAsync(
        ObjectReader objects,
        GitRepository repository,
        string image,
        ObjectId commit,
        CancellationToken cancellationToken
    )
    {
        var path = repository.Prefix + OwnFiles.Configuration;
        var source = $"{path} at {ShortCommit.Of(commit.ToString())}";
        var file = await objects.FindAsync($"{commit}:{path}", cancellationToken).ConfigureAwait(false);
        if (file is not { Type: "blob" })
        {
            throw NotDefined(image, commit, $"there is no {path} in that commit");
        }

        var configuration = ConfigurationReader.Read(file.Content, source);
        return configuration.Images.TryGetValue(image, out var definition)
            ? definition.Hold
            : throw NotDefined(image, commit, $"{path} defines none of that name in that commit");
    }

    private static LadingException NotDefined(string image, ObjectId commit, string cameBack) =>
        LadingException.Usage(
            $"Could not find {image} at {ShortCommit.Of(commit.ToString())}",
            cameBack,
            "Name a commit in which the image is defined."
        );
}
