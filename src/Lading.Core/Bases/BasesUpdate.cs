using Lading.Configuration;
using Lading.Oci;
using Lading.Registries;

namespace Lading.Bases;

/// <summary>Adds and updates pins. Changes nothing but <c>lading.bases.json</c>.</summary>
/// <param name="selection">The bases of the project.</param>
/// <param name="registries">Resolve what references point to now.</param>
/// <param name="time">The clock.</param>
internal sealed class BasesUpdate(BaseSelection selection, IRegistries registries, TimeProvider time)
{
    /// <summary>Pins bases to what their references point to now.</summary>
    /// <param name="references">
    /// References as in the project, each optionally with the digest to pin it to; empty for all.
    /// </param>
    /// <param name="prunes">Whether to remove pins that no image uses.</param>
    /// <param name="cancellationToken">Cancels it; <c>lading.bases.json</c> stays as it was.</param>
    /// <exception cref="LadingException">The project has no such base, or it cannot be pinned.</exception>
    public async Task<BasesUpdateOutcome> RunAsync(
        IReadOnlyList<string> references,
        bool prunes,
        CancellationToken cancellationToken
    )
    {
        var wanted = references.Select(text => PinTarget.Of(text, selection.Bases)).ToList();
        var chosen = selection.Choose([.. wanted.Select(update => update.Reference)]);
        var unpinnable = chosen.Where(use => use.KnownState is BaseState.Local or BaseState.Variable).ToList();
        if (references.Count > 0 && unpinnable.Count > 0)
        {
            throw CannotBePinned(unpinnable[0]);
        }

        var resolved = await new BaseSurvey(registries, time)
            .ResolveAsync(
                [.. chosen.Except(unpinnable).Where(use => !use.NeedsNoPin)],
                use => wanted.Find(update => use.IsNamed(update.Reference))?.Digest,
                cancellationToken
            )
            .ConfigureAwait(false);
        var pins = selection.Bases.Pins.With(
            resolved
                .Where(each => each.Pin is not null)
                .Select(each => KeyValuePair.Create(each.Use.Reference, each.Pin!))
        );
        var removed = prunes ? selection.Bases.Unused : [];
        var written = await BasePinsFile
            .WriteAsync(selection.Project.Folder.Path, selection.DisplayPath, pins.Without(removed), cancellationToken)
            .ConfigureAwait(false);
        return new BasesUpdateOutcome(resolved, unpinnable, removed, written ? selection.DisplayPath : null);
    }

    private static LadingException CannotBePinned(BaseDependency use) =>
        LadingException.Usage(
            $"Could not pin {use.Reference}",
            use.KnownState == BaseState.Local
                ? "it exists only in an engine on this machine"
                : "a variable is in it that only the engine knows",
            use.KnownState == BaseState.Local
                ? "Push it to a registry, and name it there."
                : "Give the argument a default in the Dockerfile, or a value under \"args\" in lading.json."
        );

    /// <summary>A base on the command line, with the digest to pin it to, if given.</summary>
    private sealed record PinTarget(string Reference, Digest? Digest)
    {
        public static PinTarget Of(string text, ProjectBases bases)
        {
            var at = text.IndexOf('@', StringComparison.Ordinal);
            return
                at > 0
                && Oci.Digest.TryParse(text[(at + 1)..], out var digest)
                && !bases.Uses.Any(use => use.IsNamed(text))
                ? new PinTarget(text[..at], digest)
                : new PinTarget(text, null);
        }
    }
}

/// <summary>The result of an update of pins.</summary>
/// <param name="Resolved">The bases whose registries were queried.</param>
/// <param name="Unable">The bases that cannot be pinned.</param>
/// <param name="Removed">The removed pins.</param>
/// <param name="WrittenTo">The file that was written; null if nothing changed.</param>
internal sealed record BasesUpdateOutcome(
    IReadOnlyList<ResolvedPin> Resolved,
    IReadOnlyList<BaseDependency> Unable,
    IReadOnlyList<string> Removed,
    string? WrittenTo
)
{
    public IEnumerable<LadingException> Failures => Resolved.Select(each => each.Failure).OfType<LadingException>();
}
