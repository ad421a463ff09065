using System.Globalization;
using Lading.Running;
using Lading.Testing.Cloud;

namespace Lading.Tests.Running.Past;

/// <summary>
/// The model of a history: what each source still has of the true past, item by item. It knows what belongs together,
/// so it matches nothing by time.
/// </summary>
internal sealed class ExpectedHistory
{
    private const int KeptVersions = 100;

    private readonly PastRendering rendering;
    private readonly DateTimeOffset cutoff;
    private readonly bool isRecordRead;
    private readonly bool isEcsRead;
    private readonly bool isTrailRead;
    private readonly HashSet<string> toldByEcs = new(StringComparer.Ordinal);
    private bool isWriteKept;

    private ExpectedHistory(PastRendering rendering, TestAws aws)
    {
        this.rendering = rendering;
        cutoff = aws.Ecs.Now - TimeSpan.FromDays(90);
        isRecordRead = !aws.StacksApi.Denied.Contains("GetParameterHistory");
        isEcsRead = aws.EcsApi.Denied.Count == 0;
        isTrailRead = !aws.Trail.IsDenied;
    }

    /// <summary>The releases, newest first.</summary>
    public static IReadOnlyList<ExpectedRelease> Of(RandomPast past, PastRendering rendering, TestAws aws)
    {
        var history = new ExpectedHistory(rendering, aws);
        return [.. past.Items.OrderBy(item => item.At).SelectMany(history.Of).OrderBy(each => each.At).Reverse()];
    }

    private IEnumerable<ExpectedRelease> Of(PastItem item) =>
        item switch
        {
            PastOperation operation when operation.At > cutoff => [Known(operation)],
            PastOperation operation => Forgotten(operation),
            PastAttempt attempt when isEcsRead && rendering.Services.TimeOf(attempt) > cutoff =>
            [
                new ExpectedRelease(
                    rendering.Services.TimeOf(attempt),
                    Id(rendering.Services.TimeOf(attempt)),
                    ReleaseOutcome.Attempt,
                    new Dictionary<string, string> { [attempt.Service] = attempt.Digest },
                    [attempt.Service]
                )
                {
                    Why = "outside of CloudFormation",
                },
            ],
            PastEdit edit when Version(edit.At) is { } version =>
            [
                new ExpectedRelease(
                    edit.At,
                    version,
                    edit.At > cutoff ? ReleaseOutcome.Attempt : ReleaseOutcome.Succeeded,
                    edit.Images,
                    RandomPast.Services
                )
                {
                    Why = edit.At > cutoff ? "edited the record by hand" : "only the record knows of it",
                },
            ],
            _ => [],
        };

    private ExpectedRelease Known(PastOperation operation)
    {
        var hasSucceeded = operation.Outcome == ReleaseOutcome.Succeeded;
        var begun = operation
            .Steps.Where(step => isEcsRead && step.Service is not null)
            .Select(step => step.Service!)
            .ToList();
        var writes = operation.Steps.Where(step => step.Service is null).Select(step => Version(step.At)).ToList();
        var own = writes.FirstOrDefault();
        if (hasSucceeded)
        {
            toldByEcs.UnionWith(begun);
        }

        isWriteKept = writes.Count > 0 ? writes[^1] is not null : isWriteKept;
        var images = operation.Images.Where(each =>
            hasSucceeded || own is not null || operation.Steps.Any(step => step.Service == each.Key)
        );
        return new ExpectedRelease(
            operation.At,
            own ?? Id(operation.At),
            operation.Outcome,
            new Dictionary<string, string>(images, StringComparer.Ordinal),
            own is not null || (hasSucceeded && isWriteKept && writes.Count == 0) ? RandomPast.Services
                : hasSucceeded ? [.. toldByEcs]
                : begun
        )
        {
            Who = isTrailRead ? operation.Who : null,
        };
    }

    /// <summary>If nothing else is known, each version of the record is a release.</summary>
    private IEnumerable<ExpectedRelease> Forgotten(PastOperation operation)
    {
        foreach (var step in operation.Steps.Where(step => step.Service is null))
        {
            isWriteKept = Version(step.At) is not null;
            if (Version(step.At) is { } version)
            {
                yield return new ExpectedRelease(
                    step.At,
                    version,
                    ReleaseOutcome.Succeeded,
                    step.Images,
                    RandomPast.Services
                )
                {
                    Why = "only the record knows of it",
                };
            }
        }
    }

    /// <summary>
    /// The version of the record that was written at a moment, if SSM still has it and it may be read.
    /// </summary>
    private string? Version(DateTimeOffset at) =>
        isRecordRead
        && rendering.Records.Versions.TryGetValue(at, out var written)
        && written.Life == rendering.Records.Life
        && written.Version > rendering.Records.VersionCount - KeptVersions
            ? written.Version.ToString(CultureInfo.InvariantCulture)
            : null;

    private static string Id(DateTimeOffset at) =>
        at.UtcDateTime.ToString("yyyyMMdd'T'HHmmss", CultureInfo.InvariantCulture);
}
