using Lading.Diagnosis;

namespace Lading.Aws.Diagnosis;

/// <summary>Whether images run by digest from the repository that <c>cdk gc</c> cleans up.</summary>
internal sealed class CdkGcCheck(ExaminedAccount account) : AccountCheck(DoctorCheck.CdkGc, account)
{
    /// <summary>Decides by the images in use.</summary>
    /// <param name="live">The images that run or are pinned.</param>
    public static HealthFinding Decide(IReadOnlyList<LiveImage> live)
    {
        var atRisk = live.Where(image => IsOfBootstrap(image.Repository)).ToList();
        return atRisk.Count == 0
            ? HealthFinding.Fine("nothing runs from a repository that 'cdk gc' cleans up")
            : HealthFinding.Warning(
                $"{atRisk.Count} {(atRisk.Count == 1 ? "image runs" : "images run")} by digest from {atRisk[0].Repository[(atRisk[0].Repository.IndexOf('/', StringComparison.Ordinal) + 1)..]}: 'cdk gc' looks for tags in templates, and would take {(atRisk.Count == 1 ? "it" : "them")} for unused",
                "never run 'cdk gc' with images there (--type s3 spares them), or move to LadingImage: docs/migrating.md"
            );
    }

    public override async Task<IReadOnlyList<HealthFinding>> LookAsync(CancellationToken cancellationToken)
    {
        var evidence = await Account.ReadAsync(cancellationToken).ConfigureAwait(false);
        // 'cdk gc' recognizes images that are used by tag.
        var live = LiveImages.Of(evidence).Where(image => IsOfBootstrap(image.Repository)).ToList();
        var templates =
            live.Count == 0 ? [] : evidence.Stacks.Select(stack => stack.Template?.GetRawText() ?? "").ToList();
        var digests = live.Where(image =>
            templates.Exists(template => template.Contains(image.Digest.ToString(), StringComparison.Ordinal))
        );
        return [Decide([.. digests])];
    }

    private static bool IsOfBootstrap(string repository) =>
        repository.Contains("/cdk-", StringComparison.Ordinal)
        && repository.Contains("-container-assets-", StringComparison.Ordinal);
}
