#!/bin/sh
# In place of gh in tests: `gh api` answers from files of $GH, named by the path
# with '_' for each '/', '?', '&' and '='; what is written is kept in $GH/posted.
set -eu
[ "$1" = api ]
shift
path='' jq='' method=GET body=''
while [ $# -gt 0 ]; do
	case $1 in
	--paginate | --silent) ;;
	--jq) jq=$2; shift ;;
	-X) method=$2; shift ;;
	-F) body=${2#body=@}; [ "$method" != GET ] || method=POST; shift ;;
	*) path=$1 ;;
	esac
	shift
done
if [ "$method" != GET ]; then
	echo "$method $path" >>"$GH/posted"
	cat "$body" >>"$GH/posted"
	exit 0
fi
file=$GH/$(echo "$path" | tr '/?&=' '____')
case $path in
*/zip) cat "$file" ;;
*) jq -r "${jq:-.}" "$file.json" ;;
esac
