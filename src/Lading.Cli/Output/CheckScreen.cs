using Lading.Checking;
using Spectre.Console;

namespace Lading.Cli.Output;

/// <summary>The output of <c>check</c>: a line for each image and each problem, and a summary at the end.</summary>
internal static class CheckScreen
{
    public static void Show(Terminal terminal, CheckReport report)
    {
        var table = new TextTable();
        var shown = new List<(CheckResult Result, Finding Finding)>();
        table.Add(
            report.HasTemplates ? ["[grey]stack[/]", "[grey]container[/]", "[grey]image[/]"] : ["[grey]image[/]", ""]
        );
        foreach (var result in report.Results)
        {
            foreach (var finding in result.Findings)
            {
                shown.Add((result, finding));
                table.Add([
                    .. report.HasTemplates ? (string[])[Markup.Escape(result.Image.Stack ?? "(lock)")] : [],
                    Markup.Escape(result.Image.Name),
                    Markup.Escape(ReferenceOf(result.Image)),
                    Coloured(finding),
                    Markup.Escape(finding.Reason.Length > 0 ? finding.Reason : Details(result, report)),
                ]);
            }
        }

        // The decision is last, below the output of cdk.
        Notes(terminal, report);
        Failures(terminal, report);

        // The heading is the first row. Remedies are never cut; failures are above in full.
        foreach (
            var row in terminal
                .ResultTable(table, isFitted: true)
                .Where(row => row > 0 && shown[row - 1] is { Finding.Holds: false, Result.Evidence.Failure: null })
        )
        {
            var (result, finding) = shown[row - 1];
            terminal.Result($"\n  {result.Image.Name}: {finding.Reason}");
        }

        terminal.Result($"\n  {Sum(report)}");
    }

    private static void Notes(Terminal terminal, CheckReport report)
    {
        if (!report.HasLock)
        {
            terminal.Narrate(
                $"  {report.Environment} has no lock here, so nothing was compared with HEAD: lading resolve --env {report.Environment}"
            );
        }

        if (report.UnreadRecords is { } reason)
        {
            terminal.Narrate($"  not read: what stacks were rolled back from ({reason})");
        }

        foreach (var others in report.Others.GroupBy(each => each.Environment, each => each.Stack))
        {
            terminal.Narrate(
                $"  not checked: {string.Join(", ", others)}, of {others.Key}: lading check --env {others.Key} --app …"
            );
        }

        foreach (var resource in report.Unread)
        {
            terminal.Narrate(
                $"  not read: {resource.Type} {resource.LogicalId} of {resource.Stack} may name an image ({string.Join(", ", resource.Properties)})"
            );
        }

        if (report.Unused.Count > 0)
        {
            terminal.Narrate(
                $"  published, but in no template: {string.Join(", ", report.Unused)}. Does the app use {(report.Unused.Count == 1 ? "it" : "them")} with LadingImage?"
            );
        }

        foreach (var images in report.Unpinned.GroupBy(each => each.Reference, each => each.Image))
        {
            terminal.Narrate($"  base {images.Key} is unpinned ({string.Join(", ", images)}): lading bases update");
        }
    }

    /// <summary>
    /// Shows each registry that could not be queried once, since all of its images fail for the same reason.
    /// </summary>
    private static void Failures(Terminal terminal, CheckReport report)
    {
        foreach (
            var failed in report
                .Results.Where(result => result.Evidence.Failure is not null)
                .GroupBy(result => (Registry: RegistryOf(result.Image), result.Evidence.Failure!.Remedy))
        )
        {
            terminal.Failed(failed.First().Evidence.Failure!);
            var others = failed.DistinctBy(result => result.Image.Address).Count() - 1;
            if (others > 0)
            {
                terminal.Narrate($"  {others} more of {failed.Key.Registry} could not be looked up either");
            }
        }
    }

    private static string? RegistryOf(CheckedImage image) => image.Address?.Host ?? image.Address?.Registry.Name;

    private static string Sum(CheckReport report)
    {
        var count = report.Results.Count;
        var failed = report.Results.Count(result => !result.Holds);
        return failed > 0 ? $"{failed} of {count} failed · exit 3"
            : count == 0 ? "no image to check"
            : $"{Words.Images(count)} ok";
    }

    /// <summary>The repository without its registry if that is the environment's; otherwise as in the template.</summary>
    private static string ReferenceOf(CheckedImage image)
    {
        if (image.Address is not { } address)
        {
            return Shortened(image.Reference ?? "?");
        }

        var host = address.Host is null or "docker.io" ? "" : address.Host + "/";
        var path = address.Repository.Value;
        path =
            host.Length == 0 && address.Host is not null && path.StartsWith("library/", StringComparison.Ordinal)
                ? path["library/".Length..]
                : path;
        var tag = address.Tag is { } named ? $":{Identifiers.Short(named)}" : "";
        return $"{host}{path}{tag}{(address.Digest is { } digest ? $"@{Identifiers.Short(digest)}" : "")}";
    }

    // An image asset: CDK's repository and the 64 digits of a hash.
    private static string Shortened(string reference)
    {
        var path = reference[(reference.IndexOf('/', StringComparison.Ordinal) + 1)..];
        var colon = path.LastIndexOf(':');
        return colon >= 0 && path.Length - colon > 20 ? path[..(colon + 13)] + "…" : path;
    }

    private static string Details(CheckResult result, CheckReport report)
    {
        var platforms = result.Evidence.Platforms is { } known ? string.Join(", ", known) : "";
        if (result.Image.Locked?.Revision is not { } revision)
        {
            return platforms;
        }

        var subject = report.Subjects.TryGetValue(revision, out var text) ? $" \"{text}\"" : "";
        return $"{platforms}, {ShortCommit.Of(revision)}{subject}";
    }

    private static string Coloured(Finding finding) =>
        finding.Verdict switch
        {
            CheckVerdict.Ok => "[green]ok[/]",
            CheckVerdict.Held or CheckVerdict.Asset => $"[blue]{Words.Of(finding.Verdict)}[/]",
            CheckVerdict.Unknown or CheckVerdict.Stale or CheckVerdict.Mutable =>
                $"[yellow]{Words.Of(finding.Verdict)}[/]",
            _ => $"[red]{Words.Of(finding.Verdict)}[/]",
        };
}
