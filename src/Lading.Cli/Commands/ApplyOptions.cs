using System.CommandLine;
using Lading.Retention;

namespace Lading.Cli.Commands;

/// <summary>Whether, and how, <c>prune</c> acts.</summary>
internal sealed class ApplyOptions
{
    private readonly Option<bool> apply = new("--apply")
    {
        Description =
            "Act: mark what may go, and delete what was marked long enough ago; in an embedded registry, delete it. Asks first.",
    };

    private readonly Option<bool> yes = new("--yes", "-y")
    {
        Description = "Do not ask. Needed where nobody can answer, as in CI.",
    };

    private readonly Option<int?> grace = new("--grace")
    {
        Description = "For how many days a mark waits. Default: \"graceDays\" of lading.json, else 7.",
        HelpName = "days",
    };

    private readonly Option<bool> archive = new("--archive")
    {
        Description =
            "Archive what would be deleted. It cannot be pulled from then on until it is restored, and ECR bills 90 days at least.",
    };

    public ApplyOptions() =>
        grace.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && result.GetValueOrDefault<int?>() is not >= 1)
            {
                result.AddError("--grace takes a number of days, from 1.");
            }
        });

    public void AddTo(Command command)
    {
        command.Options.Add(apply);
        command.Options.Add(yes);
        command.Options.Add(grace);
        command.Options.Add(archive);
    }

    public bool IsApplied(Invocation invocation) => invocation.Value(apply);

    public bool IsAgreed(Invocation invocation) => invocation.Value(yes);

    public bool Archives(Invocation invocation) => invocation.Value(archive);

    /// <summary>Days.</summary>
    public int Grace(Invocation invocation, RetentionPolicy policy) =>
        invocation.Value(grace) ?? Math.Max(1, (int)policy.Grace.TotalDays);

    /// <summary>Ensures somebody can agree, before anything is read.</summary>
    /// <exception cref="LadingException">Nobody can, or options are of no use without <c>--apply</c>.</exception>
    public void Ensure(Invocation invocation)
    {
        if (!IsApplied(invocation) && (Archives(invocation) || IsAgreed(invocation)))
        {
            throw LadingException.Usage(
                "Could not read the command line",
                $"{(Archives(invocation) ? "--archive" : "--yes")} does nothing without --apply",
                "Add --apply, or leave it out to see the plan."
            );
        }

        if (IsApplied(invocation) && !IsAgreed(invocation) && !invocation.Host.InIsTerminal)
        {
            throw LadingException.Usage(
                "Could not ask before deleting images",
                "standard input is not a terminal",
                "Add --yes, or leave --apply out to see the plan."
            );
        }
    }
}
