using System.Globalization;
using Lading.Oci;
using Lading.Running;
using Lading.Running.Verifying;
using Spectre.Console;

namespace Lading.Cli.Output;

/// <summary>The progress of a deployment in ECS: on a terminal redrawn lines, elsewhere a line for each change; and a table at the end.</summary>
/// <param name="terminal">The output.</param>
/// <param name="environment">The environment's name.</param>
/// <param name="command">The command that watches it again.</param>
internal sealed class VerifyScreen(Terminal terminal, string environment, string command) : IVerificationProgress
{
    private readonly Dictionary<string, string> shownLines = new(StringComparer.Ordinal);
    private readonly HashSet<string> shownTroubles = new(StringComparer.Ordinal);
    private LiveDisplayContext? live;

    public void Looked(VerificationReport report)
    {
        foreach (var service in report.Services)
        {
            var name = $"{service.Account}/{service.Region}/{service.Stack}/{service.Service}";
            foreach (var trouble in service.Troubles.Where(each => shownTroubles.Add($"{name} {each.Text}")))
            {
                terminal.Warn($"a task of {report.NameOf(service)} stopped: {trouble.Text}");
            }

            var line = LineOf(report, service);
            if (
                live is null
                && service.Outcome != ServiceOutcome.Verified
                && shownLines.GetValueOrDefault(name) != line
            )
            {
                terminal.NarrateMarkup(line);
            }

            shownLines[name] = line;
        }

        live?.UpdateTarget(
            new Markup(string.Join('\n', report.Services.SelectMany(service => LinesOf(report, service))))
        );
    }

    public void Stopped(VerificationReport? report) =>
        terminal.Warn(
            $"stopped watching; the deployment itself goes on in {environment}. To watch it again: {command}"
        );

    /// <summary>Redraws on a terminal while the deployment is watched.</summary>
    public async Task<VerificationReport> WatchAsync(Func<Task<VerificationReport>> watch)
    {
        if (!terminal.IsLive)
        {
            return await watch().ConfigureAwait(false);
        }

        return await DrawAsync(watch).ConfigureAwait(false);
    }

    /// <summary>The table at the end, and below it the problems with their remedies.</summary>
    public void Show(VerificationReport report)
    {
        if (report.Services.Count > 0)
        {
            var table = new TextTable().Add("", "", "desired", "running", "pinned", "runs", "");
            foreach (var service in report.Services)
            {
                foreach (var container in service.Containers)
                {
                    table.Add([
                        Markup.Escape(report.NameOf(service)),
                        .. CellsOf(service, container, Identifiers.Short),
                    ]);
                }
            }

            if (terminal.ResultWidth == 0 || table.Width <= terminal.ResultWidth)
            {
                terminal.ResultTable(table);
            }
            else
            {
                ShowNarrow(report);
            }
        }

        foreach (var service in report.Services.Where(each => each.Outcome != ServiceOutcome.Verified))
        {
            terminal.ResultMarkup($"  [red]✗[/] {Markup.Escape($"{report.NameOf(service)}: {service.Reason}")}");
            foreach (var trouble in service.Troubles)
            {
                terminal.ResultMarkup(
                    $"      {Markup.Escape(trouble.Tasks == 1 ? $"a task stopped: {trouble.Text}" : $"{trouble.Tasks} tasks stopped: {trouble.Text}")}"
                );
            }

            if (service.Remedy.Length > 0)
            {
                terminal.ResultMarkup($"      {Markup.Escape(service.Remedy)}");
            }
        }

        foreach (var stack in report.Stacks)
        {
            terminal.ResultMarkup(
                $"  [red]✗[/] {Markup.Escape($"{stack.Name} is {stack.Status}{(stack.StatusReason.Length > 0 ? $": {stack.StatusReason}" : "")}")}"
            );
        }

        foreach (var fact in report.Evidence.Unread)
        {
            terminal.Warn(fact.Remedy.Length > 0 ? Sentences.Of(fact.Reason, fact.Remedy) : fact.Reason);
        }

        if (report.Services.Count > 0 || report.Stacks.Count > 0)
        {
            terminal.Result("");
        }

        var held = report.Services.Count(service => service.Outcome == ServiceOutcome.Verified);
        terminal.Result(
            report.Services.Count == 0
                ? report.IsBlind
                    ? $"  the stacks of {environment} could not be read, so nothing is known of their services"
                    : $"  the stacks have no services in {environment}"
                : $"  {held} of {report.Services.Count} {(report.Services.Count == 1 ? "service" : "services")} in {environment} {(held == 1 ? "runs" : "run")} what is pinned"
        );
    }

    /// <summary>
    /// The names that CloudFormation gives to services are long: each gets a line of its own, above its containers.
    /// </summary>
    private void ShowNarrow(VerificationReport report)
    {
        var table = new TextTable().Add("  ", "desired", "running", "pinned", "runs", "");
        foreach (var service in report.Services)
        {
            foreach (var container in service.Containers)
            {
                string[] cells = CellsOf(service, container, digest => digest.Short);
                table.Add(["  " + cells[0], .. cells[1..]]);
            }
        }

        var lines = new Queue<string>();
        table.WriteTo(lines.Enqueue);
        terminal.ResultMarkup(lines.Dequeue());
        foreach (var service in report.Services)
        {
            terminal.ResultMarkup($"  {Markup.Escape(ControlCharacters.Shown(report.NameOf(service)))}");
            foreach (var _ in service.Containers)
            {
                terminal.ResultMarkup(lines.Dequeue());
            }
        }
    }

    private static string[] CellsOf(
        ServiceDeploymentState service,
        ContainerVerdict container,
        Func<Digest, string> digest
    ) =>
        [
            Markup.Escape(container.Container),
            service.Desired?.ToString(CultureInfo.InvariantCulture) ?? "–",
            container.KnowsTasks ? container.Tasks.ToString(CultureInfo.InvariantCulture) : "?",
            container.Pinned is { } pinned ? digest(pinned) : "–",
            container.Running is [{ Digest: { } running }, ..] ? digest(running) : "–",
            $"{OutcomeWords.Sign(service.Outcome)} {OutcomeWords.TextOf(service.Outcome)}",
        ];

    /// <summary>A separate method: otherwise Spectre.Console's live display would always be loaded.</summary>
    private async Task<VerificationReport> DrawAsync(Func<Task<VerificationReport>> watch)
    {
        try
        {
            return await terminal
                .Progress.Live(new Markup("  [grey]looking at the services…[/]"))
                .AutoClear(true)
                .StartAsync(context =>
                {
                    live = context;
                    return watch();
                })
                .ConfigureAwait(false);
        }
        finally
        {
            live = null;
        }
    }

    private static IEnumerable<string> LinesOf(VerificationReport report, ServiceDeploymentState service)
    {
        yield return LineOf(report, service);
        if (service is { IsUnderWay: true, Event.Length: > 0 })
        {
            yield return $"      [grey]{Markup.Escape(ControlCharacters.Shown(service.Event))}[/]";
        }
    }

    private static string LineOf(VerificationReport report, ServiceDeploymentState service) =>
        $"  {OutcomeWords.Sign(service.Outcome)} {Markup.Escape(ControlCharacters.Shown(report.NameOf(service)))}  {Markup.Escape(ControlCharacters.Shown(service.Outcome == ServiceOutcome.Deploying ? service.Reason : $"{OutcomeWords.TextOf(service.Outcome)}  {service.Reason}".TrimEnd()))}";
}
