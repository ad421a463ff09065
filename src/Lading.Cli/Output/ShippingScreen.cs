using System.Collections.Concurrent;
using Lading.Cli.Commands;
using Lading.Shipping;
using Spectre.Console;

namespace Lading.Cli.Output;

/// <summary>
/// The output of <c>publish</c> and <c>promote</c>: on a terminal, a line for each image that is redrawn; elsewhere, a line for each
/// step; and a summary at the end.
/// </summary>
internal sealed class ShippingScreen(Invocation invocation) : IPublishProgress
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(100);
    private readonly ConcurrentDictionary<string, ShippingEvent> latest = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<(string Image, string Note)> notes = new();
    private readonly Lock gate = new();
    private readonly long started = invocation.Host.Time.GetTimestamp();
    private readonly TaskCompletionSource<ShippingPlan> planned = new(
        TaskCreationOptions.RunContinuationsAsynchronously
    );

    private Terminal Terminal => invocation.Terminal;

    public void Report(ShippingEvent value)
    {
        if (value.Note is { } note)
        {
            notes.Enqueue((value.Image, note));
            return;
        }

        var before = latest.GetValueOrDefault(value.Image);
        latest[value.Image] = value;
        if (!Terminal.IsLive)
        {
            Narrate(before, value);
        }
    }

    public void Planned(ShippingPlan plan)
    {
        foreach (var note in plan.Notes)
        {
            Terminal.Warn(note.ToString());
        }

        planned.SetResult(plan);
    }

    /// <summary>Shows the progress until publishing ends, and then the result.</summary>
    public async Task<PublishOutcome> WatchAsync(Task<PublishOutcome> publishing)
    {
        var outcome = await CancelledScreen.TellAsync(Terminal, FinishAsync(publishing), latest).ConfigureAwait(false);
        Done(outcome, invocation.Host.Time.GetElapsedTime(started));
        WorkflowResults.Of(new WorkflowRun(invocation.Host, Terminal), outcome, isSummed: !invocation.IsPart);
        if (outcome.Platform is { } platform && !invocation.Json)
        {
            PlatformScreen.Show(Terminal, outcome.Plan.Environment.Name, platform, outcome.Left);
        }

        return outcome;
    }

    /// <summary>Draws until publishing has ended.</summary>
    private async Task<PublishOutcome> FinishAsync(Task<PublishOutcome> working)
    {
        try
        {
            await DrawAsync(working).ConfigureAwait(false);
        }
        finally
        {
            // If drawing fails, publishing continues.
            await ((Task)working).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        return await working.ConfigureAwait(false);
    }

    private async Task DrawAsync(Task working)
    {
        if (
            !Terminal.IsLive
            || await Task.WhenAny(planned.Task, working).ConfigureAwait(false) == working
            || await planned.Task.ConfigureAwait(false) is not { } plan
            || !plan.New.Any()
        )
        {
            return;
        }

        await DrawLinesAsync(plan, working).ConfigureAwait(false);
    }

    /// <summary>A separate method: otherwise Spectre.Console would always be loaded.</summary>
    private Task DrawLinesAsync(ShippingPlan plan, Task working) =>
        Terminal
            .Progress.Live(Lines(plan))
            .AutoClear(true)
            .StartAsync(async live =>
            {
                while (await Task.WhenAny(working, Task.Delay(Tick)).ConfigureAwait(false) != working)
                {
                    live.UpdateTarget(Lines(plan));
                }
            });

    private void Done(PublishOutcome outcome, TimeSpan took)
    {
        var planned = outcome
            .Plan.Images.Where(image => image.Note is not null)
            .Select(image => (Image: image.Name, Note: image.Note!));
        // A note on several images, such as on their base, is shown once. The order of builds is not defined.
        foreach (var images in planned.Concat(notes).GroupBy(each => each.Note, each => each.Image))
        {
            Terminal.Note($"{string.Join(", ", images.Distinct().Order(StringComparer.Ordinal))}: {images.Key}");
        }

        if (invocation.Json)
        {
            Terminal.Result(PublishDocument.Of(outcome.Plan.Environment, outcome.Images));
            return;
        }

        if (outcome.Plan.New.Any() || invocation.Verbose)
        {
            var table = new TextTable();
            foreach (var image in outcome.Images)
            {
                table.Add(
                    image.Plan.Name,
                    Identifiers.Short(image.Plan.SourceTag),
                    What(image),
                    Identifiers.Short(image.Locked.Digest),
                    Since(image, outcome)
                );
            }

            Terminal.ResultTable(table);
            Terminal.Result("");
        }
        else
        {
            ShowPinsThatChanged(outcome);
        }

        Terminal.Result("  " + ShippingSum.Of(outcome.Images, took));
    }

    /// <summary>Shows changed digests of the lock. Without builds, they change if HEAD was moved.</summary>
    private void ShowPinsThatChanged(PublishOutcome outcome)
    {
        var table = new TextTable();
        foreach (var image in outcome.Images)
        {
            if (
                outcome.Before?.Images.GetValueOrDefault(image.Plan.Name) is { } before
                && before.Digest != image.Locked.Digest
            )
            {
                var revision = image.Locked.Revision is { } commit ? $" ({ShortCommit.Of(commit)})" : "";
                table.Add(image.Plan.Name, $"{before.Digest.Short} → {image.Locked.Digest.Short}{revision}");
            }
        }

        if (!table.IsEmpty)
        {
            Terminal.ResultTable(table);
            Terminal.Result("");
        }
    }

    private static string What(PublishedImage image) =>
        image.Plan.Action switch
        {
            ShippingAction.Reuse => "[green]in the registry[/]",
            ShippingAction.Adopt => "[green]adopted[/]",
            ShippingAction.Copy => "[green]copied[/]",
            _ when image.Plan.Only is { } platform => $"[green]built and pushed[/], {platform} alone",
            _ when image.Plan.Parts.Count > 0 && image.Plan.Parts.All(part => part.Digest is not null) =>
                $"[green]joined[/] of {image.Plan.Parts.Count} platforms",
            _ => "[green]built and pushed[/]",
        };

    /// <summary>Since when a reused image is unchanged: <c>(unchanged since 4e1c0d2, 3 days ago)</c>.</summary>
    private string Since(PublishedImage image, PublishOutcome outcome)
    {
        var held = image.Plan.Image.Hold is { } hold ? $"[yellow]held: {Markup.Escape(hold.Reason)}[/] " : "";
        if (image.Plan.Action != ShippingAction.Reuse || image.Locked.Revision is not { } revision)
        {
            return held;
        }

        var age = outcome.CommitTimes.TryGetValue(revision, out var then)
            ? ", " + Age.Of(invocation.Host.Time.GetUtcNow() - then)
            : "";
        return $"{held}[grey](unchanged since {ShortCommit.Of(revision)}{age})[/]";
    }

    private Rows Lines(ShippingPlan plan)
    {
        var names = plan.Images.Max(image => image.Name.Length);
        return new Rows(
            plan.Images.Select(image => new Markup(
                $"  {image.Name.PadRight(names)}  {Identifiers.Short(image.SourceTag)}  {ShippingLine.Of(image, latest.GetValueOrDefault(image.Name))}"
            )
            {
                Overflow = Overflow.Ellipsis,
            })
        );
    }

    /// <summary>Writes a line for each new step, and with <c>--verbose</c> all engine output.</summary>
    private void Narrate(ShippingEvent? before, ShippingEvent now)
    {
        lock (gate)
        {
            if (before?.Stage != now.Stage && now.Stage is not (ShippingStage.Done or ShippingStage.Preparing))
            {
                Terminal.Narrate($"  {now.Image}  {ShippingLine.Stage(now)}");
            }

            if (now.Output is { } output && invocation.Verbose)
            {
                Terminal.Narrate($"  {now.Image}  {output}");
            }
        }
    }
}
