using Lading.Cli.Output;
using Lading.Oci;
using Lading.Retention;

namespace Lading.Cli.Commands;

/// <summary><c>lading why --kept</c>: why <c>prune</c> keeps an image, or would delete it.</summary>
internal static class WhyKept
{
    /// <summary>Shows the decision on an image.</summary>
    /// <param name="invocation">The current run of the verb.</param>
    /// <param name="text">A repository and a digest.</param>
    /// <param name="others">Whether arguments or options that <c>--kept</c> excludes are given.</param>
    /// <param name="options">The scope of clean-up.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    public static async Task<int> ShowAsync(
        Invocation invocation,
        string text,
        bool others,
        RetentionOptions options,
        CancellationToken cancellationToken
    )
    {
        if (others)
        {
            throw LadingException.Usage(
                "Could not read the command line",
                "--kept excludes a name, --from, --to and --image",
                "Run 'lading why --kept repository@digest --env prod'."
            );
        }

        var at = text.IndexOf('@', StringComparison.Ordinal);
        if (
            at < 0
            || !RepositoryName.TryParse(text[..at], out var repository)
            || !Digest.TryParse(text[(at + 1)..], out var digest)
        )
        {
            throw LadingException.Usage(
                "Could not look up why an image is kept",
                $"'{text}' is not a repository and a digest",
                "Write both, without a host: lading why --kept storefront/web@sha256:… --env prod"
            );
        }

        var project = await invocation.FindProjectAsync(cancellationToken).ConfigureAwait(false);
        var report = await invocation.PlanRetentionAsync(project, options, cancellationToken).ConfigureAwait(false);
        var (plan, image) = report.GetImage(repository, digest);
        if (invocation.Json)
        {
            invocation.Terminal.Result(KeptDocument.Of(report, plan, image));
        }
        else
        {
            KeptScreen.Show(invocation.Terminal, report, plan, image);
        }

        return 0;
    }
}
