using Lading.Testing.Cloud.Ecs;

namespace Lading.Testing.Cloud.Stacks;

/// <summary>
/// What CloudFormation does with stacks of services, over a <see cref="TestEcs"/>: it registers task definitions, has
/// services deploy them, waits until they are stable, writes the record, and rolls everything back if one of them fails
/// (CloudFormation user guide, "Understand stack creation events"; "AWS::ECS::Service").
/// </summary>
internal sealed class TestStacks(TestEcs ecs)
{
    private StackOperations? operations;

    private StackOperations Operations => operations ??= new StackOperations(ecs, this);

    public DateTimeOffset Now => ecs.Now;

    public List<TestStack> Stacks { get; } = [];

    public TestParameters Parameters { get; } = new();

    /// <summary>Whether the rollback of the next failed update fails too.</summary>
    public bool FailsToTakeBack { get; set; }

    /// <summary>Runs once when an update succeeds: what somebody does by hand, for example.</summary>
    public Action? WhenDone { get; set; }

    /// <summary>What stacks export, by name.</summary>
    public Dictionary<string, string> Exports { get; } = new(StringComparer.Ordinal);

    public TestStack this[string name] => Stacks.First(stack => stack.Name == name);

    /// <summary>Begins to create or update a stack; it continues as time passes.</summary>
    public TestStack Begin(StackPlan plan)
    {
        var stack = Stacks.Find(each => each.Name == plan.Name);
        if (stack is null)
        {
            stack = new TestStack
            {
                Name = plan.Name,
                Id =
                    $"arn:aws:cloudformation:{ecs.Region}:{ecs.Account}:stack/{plan.Name}/{Stacks.Count:D8}-0000-0000-0000-000000000000",
                CreatedAt = ecs.Now,
            };
            Stacks.Add(stack);
        }
        else
        {
            stack.Before = stack.Plan;
            stack.UpdatedAt = ecs.Now;
        }

        stack.Plan = plan;
        Operations.Begin(stack);
        return stack;
    }

    /// <summary>Lets time pass.</summary>
    public void Advance(TimeSpan by)
    {
        for (var spent = TimeSpan.Zero; spent < by; spent += TestEcs.Step)
        {
            ecs.Advance(TestEcs.Step);
            foreach (var stack in Stacks.Where(stack => stack.IsInProgress).ToList())
            {
                Operations.GoOn(stack);
            }
        }
    }

    /// <summary>Deploys a plan, and lets time pass until that is done.</summary>
    public TestStack Deploy(StackPlan plan)
    {
        var stack = Begin(plan);
        for (var i = 0; i < 1000 && stack.IsInProgress; i++)
        {
            Advance(TestEcs.Step);
        }

        return stack;
    }

    /// <summary>Cancels an update: the previous plan is deployed again.</summary>
    public void Cancel(TestStack stack) => Operations.Cancel(stack);

    /// <summary>Continues a failed rollback (ContinueUpdateRollback).</summary>
    public void Continue(TestStack stack) => Operations.Continue(stack);
}
