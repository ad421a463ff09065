using Amazon.CDK;
using Amazon.JSII.Runtime.Deputy;
using Constructs;
using Lading.Apps;
using Lading.Locks;

namespace Lading.Cdk.Synthesis;

/// <summary>
/// Reports which images of a stack do not match HEAD, when CDK validates: by then git, started at the first image, has usually
/// answered.
/// </summary>
/// <param name="stack">The stack.</param>
/// <param name="consequence">A warning or an error.</param>
/// <param name="source">Its lock.</param>
/// <param name="app">The app, which has the images at HEAD.</param>
internal sealed class Staleness(Stack stack, StaleLock consequence, StackLock source, AppImages app)
    : DeputyBase,
        IValidation
{
    private readonly List<(string Image, IConstruct Scope)> used = [];
    private bool hasFailed;

    /// <summary>Records the use of an image.</summary>
    public void Add(string name, IConstruct scope)
    {
        if (used.Count == 0)
        {
            stack.Node.AddValidation(this);
        }

        used.Add((name, scope));
    }

    /// <inheritdoc />
    public string[] Validate()
    {
        foreach (var (name, scope) in used)
        {
            Report(name, scope);
        }

        // CDK validates at every synthesis of an app, and annotations persist.
        used.Clear();
        return [];
    }

    private void Report(string name, IConstruct scope)
    {
        if (hasFailed)
        {
            return;
        }

        if (app.Head.Failure is { } failure)
        {
            // Once per stack: all of its images are unknown.
            hasFailed = true;
            Annotate(
                stack,
                $"Could not compare the lock with HEAD. {failure} To do without the comparison: -c {StackSettings.StaleKey}=ignore."
            );
        }
        else if (DifferenceOf(name) is { } difference)
        {
            Annotate(scope, difference);
        }
    }

    /// <summary>How an image in the lock differs from HEAD, as a sentence; null if it does not.</summary>
    private string? DifferenceOf(string name)
    {
        if (source.PassedPins is { } passed)
        {
            return passed[name].Reason;
        }

        var (image, atHead) = (source.Content!.Images[name], app.Head.Images.GetValueOrDefault(name));
        var freshness = LockComparison.Of(image, atHead?.Fingerprint.Hex, atHead?.IsHeld == true);
        return StaleImage.Describe(name, image, freshness, source.Commands);
    }

    private void Annotate(IConstruct scope, string text)
    {
        if (consequence == StaleLock.Error)
        {
            Annotations.Of(scope).AddError(text);
        }
        else
        {
            Annotations.Of(scope).AddWarningV2(StackSettings.StaleKey, text);
        }
    }
}
