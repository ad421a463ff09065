using Lading.Testing;

namespace Lading.Tests.Rollbacks;

/// <summary>Each row of the tables in docs/rollback.md is tested; the names of the tests are listed here.</summary>
public sealed class FollowingThePage
{
    /// <summary>The tables by heading: the first cell of each row, and the tests of the row.</summary>
    public static TheoryData<string, IReadOnlyDictionary<string, string[]>> Tables { get; } =
        new()
        {
            {
                "## What can be put back",
                new Dictionary<string, string[]>(StringComparer.Ordinal)
                {
                    ["a digest, as `LadingImage` writes it"] =
                    [
                        nameof(
                            GoingBackToARelease.The_previous_release_runs_again_and_the_screen_says_how_to_stay_there
                        ),
                        nameof(ExchangingImages.An_image_composed_of_parts_is_exchanged_too),
                    ],
                    ["a tag, also of a CDK asset"] =
                    [
                        nameof(ExchangingImages.A_tag_is_replaced_by_the_digest_that_ran),
                        nameof(
                            PuttingBackEachKind.A_CDK_image_asset_is_replaced_by_the_digest_that_ran_in_the_same_repository
                        ),
                    ],
                    ["a parameter, a mapping, a dynamic reference"] =
                    [
                        nameof(ExchangingImages.An_image_from_a_parameter_is_refused),
                        nameof(PuttingBackEachKind.An_image_that_is_not_written_where_it_is_used_is_refused),
                    ],
                    ["a service under CodeDeploy or another controller"] =
                    [
                        nameof(PuttingBackEachKind.A_service_that_CloudFormation_does_not_deploy_is_refused),
                        nameof(PuttingBackEachKind.CodeDeploys_commands_have_the_names_of_the_stack),
                    ],
                    ["scheduled tasks"] =
                    [
                        nameof(PuttingBackEachKind.Functions_jobs_and_scheduled_tasks_go_back_by_digest),
                        nameof(PassingDownWhatChanges.A_nested_schedule_follows_the_task_definition_passed_to_it),
                    ],
                    ["Lambda functions, Batch jobs"] =
                    [
                        nameof(PuttingBackEachKind.Functions_jobs_and_scheduled_tasks_go_back_by_digest),
                        nameof(PuttingBackEachKind.All_other_image_settings_of_a_function_or_a_job_stay),
                    ],
                    ["a container that the release did not have"] =
                    [
                        nameof(ExchangingImages.A_container_that_the_release_did_not_have_keeps_its_image_and_is_named),
                    ],
                    ["a container whose image was in another repository then"] =
                    [
                        nameof(PuttingBackEachKind.An_image_that_was_in_another_repository_at_the_time_is_refused),
                    ],
                    ["a template in YAML or with a transform"] =
                    [
                        nameof(
                            ExchangingImages.YAML_and_a_large_template_without_a_bootstrap_are_refused_with_an_alternative
                        ),
                        nameof(ExchangingImages.Refuses_values_that_CloudFormation_would_resolve_again),
                    ],
                    ["nested stacks"] =
                    [
                        nameof(
                            GoingBackInNestedStacks.The_nested_template_is_written_to_the_bootstraps_bucket_and_its_parent_refers_to_it
                        ),
                    ],
                    ["a template above 51,200 bytes"] =
                    [
                        nameof(GoingBackInNestedStacks.A_template_above_51200_bytes_is_read_from_the_bucket),
                    ],
                }
            },
            {
                "### 5. If it says something else",
                new Dictionary<string, string[]>(StringComparer.Ordinal)
                {
                    ["`✗ … is not in its registry any more`"] =
                    [
                        nameof(
                            GoingBackToARelease.An_image_that_is_gone_or_archived_or_of_another_platform_is_not_proven
                        ),
                    ],
                    ["`✗ execution role … may not pull …`"] =
                    [
                        nameof(RefusingToGoBack.A_role_that_may_not_pull_is_refused),
                    ],
                    ["`… was deleted since this was shown`"] =
                    [
                        nameof(GoingBackWhileItMoves.An_image_that_is_deleted_while_somebody_thinks_is_not_deployed),
                    ],
                    ["`whether it has begun all the same could not be read`"] =
                    [
                        nameof(GoingBackWhileItMoves.An_execution_that_may_have_begun_is_reported_as_such),
                    ],
                    ["`✗ … CodeDeploy deploys it`"] =
                    [
                        nameof(PuttingBackEachKind.CodeDeploys_commands_have_the_names_of_the_stack),
                    ],
                    ["`… has drifted: it runs …`"] =
                    [
                        nameof(
                            GoingBackInBetween.A_service_that_alone_has_drifted_is_named_with_the_command_that_corrects_it
                        ),
                    ],
                    ["`not read, and so perhaps missing above`"] =
                    [
                        nameof(AskingWrongly.Shows_unreadable_parts_of_the_past_wherever_they_may_be_missing),
                    ],
                    ["`… has been working on Storefront since …`"] =
                    [
                        nameof(
                            GoingBackInBetween.Somebody_elses_lease_is_respected_and_its_holder_named_unless_it_is_stolen
                        ),
                    ],
                    ["`more than the images would change`"] =
                    [
                        nameof(RefusingToGoBack.A_change_set_that_does_more_is_deleted_and_force_executes_it),
                    ],
                    ["`CloudFormation rolled back to what ran before`"] =
                    [
                        nameof(FailingOnTheWay.A_failed_update_is_read_back_and_the_stack_is_as_it_was_before),
                    ],
                    ["`The stack is on #40, and that does not run`"] =
                    [
                        nameof(FailingOnTheWay.A_finished_update_whose_tasks_do_not_run_it_is_a_failure),
                    ],
                    ["`… is UPDATE_ROLLBACK_FAILED`"] =
                    [
                        nameof(FailingOnTheWay.A_rollback_that_fails_is_reported_with_the_command_that_continues_it),
                    ],
                    ["`No longer watching`"] =
                    [
                        nameof(FailingOnTheWay.A_rollback_that_can_no_longer_be_watched_goes_on),
                    ],
                }
            },
            {
                "### 6. If the stack takes no update now",
                new Dictionary<string, string[]>(StringComparer.Ordinal)
                {
                    ["`UPDATE_IN_PROGRESS`"] =
                    [
                        nameof(GoingBackToARelease.An_update_that_is_under_way_is_cancelled),
                        nameof(
                            GoingBackInBetween.A_deployment_that_began_from_a_revision_is_stopped_after_the_update_is_cancelled
                        ),
                        nameof(GoingBackInBetween.An_update_that_ended_before_it_could_be_cancelled_is_reported),
                        nameof(GoingBackInBetween.Reports_who_is_updating_the_stack_before_cancelling),
                    ],
                    ["`UPDATE_ROLLBACK_IN_PROGRESS`"] =
                    [
                        nameof(GoingBackInBetween.Each_status_has_its_way_out_and_nothing_is_changed),
                    ],
                    ["`…_CLEANUP_IN_PROGRESS`"] =
                    [
                        nameof(GoingBackInBetween.Each_status_has_its_way_out_and_nothing_is_changed),
                    ],
                    ["`UPDATE_ROLLBACK_FAILED`, `UPDATE_FAILED`"] =
                    [
                        nameof(GoingBackInBetween.Each_status_has_its_way_out_and_nothing_is_changed),
                    ],
                    ["`REVIEW_IN_PROGRESS`, `CREATE_…`, `ROLLBACK_…`, `DELETE_…`"] =
                    [
                        nameof(GoingBackInBetween.Each_status_has_its_way_out_and_nothing_is_changed),
                    ],
                }
            },
        };

    [Theory]
    [MemberData(nameof(Tables))]
    public void Each_row_of_a_table_is_a_test(string heading, IReadOnlyDictionary<string, string[]> tests)
    {
        Assert.Equal(RowsOf(heading).Order(StringComparer.Ordinal), tests.Keys.Order(StringComparer.Ordinal));
        Assert.All(tests.Values, Assert.NotEmpty);
    }

    /// <summary>The first cells in the first table below a heading.</summary>
    private static IEnumerable<string> RowsOf(string heading) =>
        File.ReadAllLines(SourceTree.PathOf("docs/rollback.md"))
            .SkipWhile(line => line != heading)
            .SkipWhile(line => !line.StartsWith("| ", StringComparison.Ordinal))
            .TakeWhile(line => line.StartsWith("| ", StringComparison.Ordinal))
            .Skip(2)
            .Select(line => line.Split('|')[1].Trim());
}
