using Amazon.CDK;
using Constructs;

namespace Lading.Cdk.Synthesis;

/// <summary>Compares the lock of a stack with HEAD, and says where it is not HEAD's.</summary>
internal sealed class Staleness(LockedImages images, AppImages app, Stack stack, StaleLock consequence)
{
    private bool hasFailed;

    /// <summary>Says so where an image of the lock is not that of HEAD.</summary>
    public void Report(string name, Construct scope)
    {
        if (hasFailed)
        {
            return;
        }

        if (app.Head.Failure is { } failure)
        {
            // Once a stack: nothing is known of any of its images.
            hasFailed = true;
            Say(
                stack,
                $"Could not compare the lock with HEAD. {failure.Message} To do without the comparison: -c {Wishes.StaleKey}=ignore."
            );
        }
        else if (images.FindStaleness(name, app.Head.Find(name)) is { } difference)
        {
            Say(scope, difference);
        }
    }

    private void Say(IConstruct scope, string text)
    {
        if (consequence == StaleLock.Error)
        {
            Annotations.Of(scope).AddError(text);
        }
        else
        {
            Annotations.Of(scope).AddWarningV2(Wishes.StaleKey, text);
        }
    }
}
