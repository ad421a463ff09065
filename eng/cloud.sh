#!/usr/bin/env bash
# Runs Lading against a real AWS account: './build cloud' compiles first and calls this. See docs/cloud.md.
set -euo pipefail
top=$(cd "$(dirname "$0")/.." && pwd)

refuse() { printf '%s\n' "$@" >&2; exit 2; }

yes=
for option in "$@"; do
  case $option in
    --yes) yes=1 ;;
    *) refuse "'$option' is not an option: ./build cloud [--yes]" ;;
  esac
done

for program in aws cdk git lading node; do
  command -v "$program" >/dev/null || refuse "$program is missing, and ./build cloud needs it (docs/cloud.md)."
done
engine=
for program in docker podman buildah; do
  if command -v "$program" >/dev/null; then
    engine=$program
    break
  fi
done
[ -n "$engine" ] || refuse "There is no docker, podman or buildah, and ./build cloud builds an image (docs/cloud.md)."

# The region and account that the AWS CLI would use, made explicit for the CDK and Lading.
region=${AWS_REGION:-${AWS_DEFAULT_REGION:-$(aws configure get region 2>/dev/null || true)}}
[ -n "$region" ] || refuse "No region is chosen." "Set AWS_REGION, or a region in the profile of AWS_PROFILE."
export AWS_REGION=$region AWS_DEFAULT_REGION=$region AWS_PAGER=
account=$(aws sts get-caller-identity --query Account --output text 2>&1) || refuse \
  "./build cloud deploys to a real account, and there are no credentials for one:" "  $account" \
  "Sign in (aws sso login), or set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, and run it again."
[[ $account =~ ^[0-9]{12}$ ]] || refuse "STS did not name an account: $account"
aws ssm get-parameter --name /cdk-bootstrap/hnb659fds/version >/dev/null 2>&1 || refuse \
  "$account, $region is not bootstrapped for the CDK, or you may not read /cdk-bootstrap/hnb659fds/version." \
  "Run: cdk bootstrap aws://$account/$region"

suffix=${LADING_CLOUD_SUFFIX:-$(date -u +%m%d%H%M%S)}
stack=LadingCloud-$suffix
project=lading-cloud-$suffix
# What it removes at the end must be its own.
if aws cloudformation describe-stacks --stack-name "$stack" >/dev/null 2>&1 ||
  aws ecr describe-repositories --repository-names "$project/web" >/dev/null 2>&1; then
  refuse "There is a stack $stack or a repository $project/web already." "Give another LADING_CLOUD_SUFFIX, or none."
fi
export LADING_CLOUD_STACK=$stack NODE_PATH=${NODE_PATH:-$top/samples/storefront/infra-ts/node_modules}

cat <<TEXT
This deploys to account $account, region $region, and removes everything again, even if it fails or is interrupted:
  stack $stack       a VPC without NAT gateways, a cluster, a service with one task on Fargate (0.25 vCPU, 0.5 GB),
                               two roles, a security group, the parameter /lading/$stack
  repository $project/web   with three images of about 2 MB
It takes about 30 minutes. Fargate, a public address and storage cost less than 0.05 USD in that time.
What remains: templates of a few KB in the CDK's staging bucket, and what CloudTrail and ECS keep by themselves.
TEXT
if [ -z "$yes" ]; then
  [ -t 0 ] || refuse "There is no terminal to ask on: ./build cloud --yes"
  read -r -p "Go on? [y/N] " answer
  [[ $answer =~ ^[yY] ]] || { echo "Nothing was created."; exit 130; }
fi

work=$(mktemp -d)
kept=$top/artifacts/cloud/$suffix
mkdir -p "$kept"

# The status of the stack; empty if there is none.
stack_status() {
  aws cloudformation describe-stacks --stack-name "$stack" --query 'Stacks[0].StackStatus' --output text 2>/dev/null || true
}

# CloudFormation does not delete a stack during an update: an interrupted update is cancelled, and waited for.
await_update() {
  local status waited=0
  status=$(stack_status)
  [ "$status" != UPDATE_IN_PROGRESS ] || aws cloudformation cancel-update-stack --stack-name "$stack" >/dev/null 2>&1 || true
  while [[ $status == UPDATE_*_IN_PROGRESS || $status == UPDATE_IN_PROGRESS || $status == ROLLBACK_IN_PROGRESS ]]; do
    [ "$waited" -lt "${LADING_CLOUD_PATIENCE:-3600}" ] || return 0
    [ "$waited" -gt 0 ] || echo "  CloudFormation is at it ($status); it can be deleted after that"
    sleep "${LADING_CLOUD_PAUSE:-15}"
    waited=$((waited + 15))
    status=$(stack_status)
  done
}

delete_stack() {
  await_update
  aws cloudformation delete-stack --stack-name "$stack" &&
    aws cloudformation wait stack-delete-complete --stack-name "$stack"
}

# If the run ended before its first push, there is no repository.
delete_repository() {
  local said
  said=$(aws ecr delete-repository --repository-name "$project/web" --force 2>&1 >/dev/null) ||
    [[ $said == *RepositoryNotFoundException* ]] || { printf '%s\n' "$said" >&2; return 1; }
}

# Everything created is removed, whatever happens. A second Ctrl-C does not stop that.
clean_up() {
  local code=$?
  trap '' INT TERM HUP
  trap - EXIT
  echo
  echo "Removing stack $stack and repository $project/web"
  local left=()
  # The first attempt may fail while a network interface is still being released.
  delete_stack || delete_stack ||
    left+=("aws cloudformation delete-stack --stack-name $stack   # why not: aws cloudformation describe-stack-events --stack-name $stack")
  delete_repository || left+=("aws ecr delete-repository --repository-name $project/web --force")
  aws ssm delete-parameter --name "/lading/$stack/lease" >/dev/null 2>&1 || true
  rm -rf "$work"
  if [ ${#left[@]} -gt 0 ]; then
    printf '%s\n' "Could not remove everything. In $account, $region:" "${left[@]/#/  }" >&2
    [ "$code" -ne 0 ] || code=1
  else
    echo "Everything was removed. What AWS answered is in ${kept#"$top/"}."
  fi
  exit "$code"
}
trap clean_up EXIT
trap 'exit 130' INT TERM HUP

# step CODES COMMAND…: shows a command and runs it; its exit code must be one of CODES (1|3).
step() {
  local expected=$1 code=0
  shift
  printf '\n$ %s\n' "$*"
  "$@" || code=$?
  if [[ ! $code =~ ^($expected)$ ]]; then
    printf "'%s' ended with exit code %s instead of %s\n" "$*" "$code" "${expected//|/ or }" >&2
    exit 1
  fi
}

# keep NAME COMMAND…: saves an answer of AWS, to compare with tests/Lading.Testing/Cloud/ASSUMPTIONS.md.
keep() {
  local name=$1
  shift
  "$@" >"$kept/$name.json" || echo "could not keep $name" >&2
}

keep_answers() {
  local cluster service arns
  cluster=$(aws ecs list-clusters --query "clusterArns[?contains(@, '$stack')] | [0]" --output text) || cluster=
  service=$(aws ecs list-services --cluster "$cluster" --query 'serviceArns[0]' --output text) || service=
  arns=$(aws ecs list-service-deployments --cluster "$cluster" --service "$service" \
    --query 'serviceDeployments[:20].targetServiceRevisionArn' --output text) || arns=
  keep "$1-service" aws ecs describe-services --cluster "$cluster" --services "$service"
  keep "$1-deployments" aws ecs list-service-deployments --cluster "$cluster" --service "$service"
  # shellcheck disable=SC2086
  keep "$1-revisions" aws ecs describe-service-revisions --service-revision-arns $arns
  keep "$1-events" aws cloudformation describe-stack-events --stack-name "$stack"
  keep "$1-record" aws ssm get-parameter-history --name "/lading/$stack"
}

# release TEXT COMMAND: commits an image that runs a command.
release() {
  printf 'FROM docker.io/library/busybox:1.36\nRUN echo "%s" >/release\nCMD ["sh", "-c", "%s"]\n' "$1" "$2" >Dockerfile
  git add -A
  git -c user.name=Cloud -c user.email=cloud@example.com commit -q -m "$1"
}

cd "$work"
git init -q .
printf 'cdk.out/\n' >.gitignore
printf '{ "app": "node %s" }\n' "$top/eng/cloud/app.cjs" >cdk.json
cat >lading.json <<TEXT
{
  "project": "$project",
  "images": { "web": { "context": ".", "dockerfile": "Dockerfile" } },
  "environments": { "cloud": { "account": "$account", "region": "$region" } }
}
TEXT

release "The first release" "sleep 86400"
step 0 lading deploy --env cloud -- --require-approval never
step 0 lading status --env cloud --exit-code
step 0 lading verify --env cloud
step 0 lading history --env cloud
keep_answers first

release "A release that crashes" "sleep 5; exit 1"
step "1|3" lading deploy --env cloud -- --require-approval never
step 0 lading status --env cloud --exit-code
step 0 lading history --env cloud
keep_answers failed

release "The second release" "sleep 86401"
step 0 lading deploy --env cloud -- --require-approval never
step 0 lading rollback --env cloud --dry-run
step 0 lading rollback --env cloud --yes
step 0 lading verify --env cloud
step 0 lading history --env cloud --output json
keep_answers back

printf '\nAll of it came out as told.\n'
