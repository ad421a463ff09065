using Lading.Records;
using Lading.Running;
using Lading.Testing.Cloud;
using Lading.Testing.Cloud.Stacks;
using Lading.Testing.Cloud.Trail;

namespace Lading.Tests.Running.Past;

/// <summary>Puts a past into an account as each of its services reports it, by a clock of its own.</summary>
internal sealed class PastRendering
{
    private readonly TestAws aws;
    private readonly RandomPast past;
    private readonly Random random;
    private readonly TestStack top;
    private readonly TestStack nested;
    private readonly PastRecords records;
    private readonly TimeSpan trail;

    public PastRendering(TestAws aws, RandomPast past, Random random)
    {
        this.aws = aws;
        this.past = past;
        this.random = random;
        (var ssm, var ecs, trail) = (Offset(), Offset(), Offset());
        Services = new PastServices(aws, ecs, isOneName: random.Next(2) == 0);
        records = new PastRecords(aws, past, ssm);
        top = Add("Shop", null);
        nested = Add("Shop-Inner", top.Id);
        top.Parts["Inner"] = new StackPart(nested.Id, "AWS::CloudFormation::Stack", "UPDATE_COMPLETE", aws.Ecs.Now);
        foreach (var service in RandomPast.Services)
        {
            StackOf(service).Parts[service] = new StackPart(
                Services.ArnOf(service),
                "AWS::ECS::Service",
                "UPDATE_COMPLETE",
                aws.Ecs.Now
            );
        }

        foreach (var item in past.Items.OrderBy(item => item.At))
        {
            Render(item);
        }

        Sort(top.Events, each => each.At);
        Sort(nested.Events, each => each.At);
        Sort(aws.Trail.Events, each => each.At);
        Services.Sort();
    }

    /// <summary>The services in ECS.</summary>
    public PastServices Services { get; }

    /// <summary>The record in SSM.</summary>
    public PastRecords Records => records;

    private void Render(PastItem item)
    {
        switch (item)
        {
            case PastOperation operation:
                Render(operation);
                break;
            case PastAttempt attempt:
                var images = new Dictionary<string, string> { [attempt.Service] = attempt.Digest };
                Services.Deploy(new PastStep(attempt.At, attempt.Service, images));
                break;
            case PastEdit edit:
                records.Write(edit.At, edit.Images);
                break;
            case PastDeletion:
                records.Delete();
                break;
        }
    }

    private void Render(PastOperation operation)
    {
        var verb = top.Events.Count == 0 ? "CREATE" : "UPDATE";
        Say(top, operation.At, $"{verb}_IN_PROGRESS");
        if (operation.Who is { } who)
        {
            var name =
                verb == "CREATE" ? "CreateStack"
                : random.Next(2) == 0 ? "UpdateStack"
                : "ExecuteChangeSet";
            aws.Trail.Events.Add(new TrailEvent(operation.At + trail, name, top.Id, who));
            aws.Trail.Events.Add(
                new TrailEvent(operation.At + trail + TimeSpan.FromSeconds(1), name, "Shop", "mallory")
                {
                    Error = "AlreadyExistsException",
                }
            );
            aws.Trail.Events.Add(new TrailEvent(operation.At + trail, name, "Shopping", "trudy"));
        }

        foreach (var step in operation.Steps)
        {
            if (step.Service is null)
            {
                Happen(
                    top,
                    step.At,
                    "Record",
                    StackRecord.ParameterOf("Shop"),
                    "AWS::SSM::Parameter",
                    $"{verb}_COMPLETE"
                );
                if (past.HasRecord)
                {
                    records.Write(step.At, step.Images);
                }

                continue;
            }

            var stack = StackOf(step.Service);
            if (stack == nested)
            {
                Happen(top, step.At, "Inner", nested.Id, "AWS::CloudFormation::Stack", $"{verb}_IN_PROGRESS");
                Say(nested, step.At, $"{verb}_IN_PROGRESS");
            }

            Happen(
                stack,
                step.At,
                step.Service,
                Services.ArnOf(step.Service),
                "AWS::ECS::Service",
                $"{verb}_IN_PROGRESS"
            );
            Services.Deploy(step);
        }

        End(operation, verb);
    }

    private void End(PastOperation operation, string verb)
    {
        if (operation.RollbackAt is { } back)
        {
            Say(top, back, "UPDATE_ROLLBACK_IN_PROGRESS");
        }

        if (operation.Stuck is { } stuck)
        {
            Say(top, stuck.From, "UPDATE_ROLLBACK_FAILED");
            Say(top, stuck.To, "UPDATE_ROLLBACK_IN_PROGRESS");
        }

        if (operation.End is not { } end)
        {
            return;
        }

        var done = operation.Outcome == ReleaseOutcome.Succeeded ? $"{verb}_COMPLETE" : "UPDATE_ROLLBACK_COMPLETE";
        if (verb == "UPDATE")
        {
            Say(top, end, $"{done}_CLEANUP_IN_PROGRESS");
        }

        Say(top, end + TimeSpan.FromSeconds(1), done);
    }

    private TestStack Add(string name, string? parent)
    {
        var stack = new TestStack
        {
            Name = name,
            Id = $"arn:aws:cloudformation:{RunningWorld.Region}:{RunningWorld.Account}:stack/{name}/0",
            CreatedAt = past.Items.Min(item => item.At),
            ParentId = parent,
            Status = "UPDATE_COMPLETE",
            Plan = new StackPlan(name, new Dictionary<string, ServicePlan>()),
        };
        aws.Stacks.Stacks.Add(stack);
        return stack;
    }

    /// <summary>Sorts by time; items with the same time keep their order.</summary>
    internal static void Sort<T>(List<T> list, Func<T, DateTimeOffset> timeOf)
    {
        List<T> sorted = [.. list.OrderBy(timeOf)];
        list.Clear();
        list.AddRange(sorted);
    }

    private TestStack StackOf(string service) => service == "Jobs" ? nested : top;

    private static void Say(TestStack stack, DateTimeOffset at, string status) =>
        Happen(stack, at, stack.Name, stack.Id, "AWS::CloudFormation::Stack", status);

    private static void Happen(
        TestStack stack,
        DateTimeOffset at,
        string logicalId,
        string physicalId,
        string type,
        string status
    ) => stack.Happen(at, 0, logicalId, new StackPart(physicalId, type, status, at), "");

    private TimeSpan Offset() =>
        TimeSpan.FromMilliseconds(
            random.Next(-(int)RandomPast.Apart.TotalMilliseconds, (int)RandomPast.Apart.TotalMilliseconds)
        );
}
